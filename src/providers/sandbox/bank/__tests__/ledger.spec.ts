import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  authorized,
  call,
  card,
  confirmed,
  created,
  openBank,
  PROVIDER,
  TEN_EUROS,
} from "../../__tests__/support";
import { money } from "../../../../gateway/money";
import { ANSWER_LIFETIME_MS, Ledger } from "../ledger";
import { OPERATIONS_LIMIT } from "../operations";

const EARLIER_EVENT = {
  type: "payment.captured",
  provider: PROVIDER,
  reference: "sbx_pay_old",
  created_at: 1,
};

/** As written before payments had disputes, operations and a count of authorizations, and events an end. */
const EARLIER_LEDGER = [
  {
    at: 1,
    changes: [
      {
        kind: "payment",
        value: {
          ...{ reference: "sbx_pay_old", provider: PROVIDER, method: "card", currency: "EUR" },
          ...{ amount_minor: "1000", capture: "manual", status: "captured", authorized_minor: "1000" },
          ...{ captured_minor: "1000", refunded_minor: "0", voided_minor: "0", disputed_minor: "300" },
          ...{ metadata: {}, refunds: [], created_at: 1 },
        },
      },
      { kind: "event", value: { id: "evt_closed", ...EARLIER_EVENT } },
      { kind: "event", value: { id: "evt_open", ...EARLIER_EVENT } },
    ],
  },
  { at: 2, changes: [{ kind: "event_closed", id: "evt_closed" }] },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

describe("the bank's ledger", () => {
  let folder: string;
  let ledger_file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-ledger-"));
    ledger_file = join(folder, "deep", "ledger.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function reopened() {
    return openBank({ ledger_file });
  }

  it("outlives the bank: payments, saved cards and answers to keys are still known", async () => {
    const first = await reopened();
    const customer_id = await first.gateway.customers.ensure({ id: "cus_1" }, call());
    const customer = { gateway_customer_id: customer_id };
    const reference = await created(first.gateway, { customer });
    const key = call(5000, "the-same-key");
    await confirmed(first.gateway, reference, card("4242424242424242", { save: true }), {}, key);
    await first.gateway.capturePayment(reference, money(400n, "EUR"), call());
    await first.stop();

    const second = await reopened();
    try {
      const snapshot = await second.gateway.retrievePayment(reference, AbortSignal.timeout(5000));
      expect(snapshot).toMatchObject({
        status: "authorized",
        authorized: TEN_EUROS,
        captured: { amount_minor: 400n, currency: "EUR" },
      });
      expect(await second.gateway.saved_methods.list(customer_id)).toHaveLength(1);
      const again = await confirmed(
        second.gateway,
        reference,
        card("4242424242424242", { save: true }),
        {},
        call(5000, "the-same-key"),
      );
      // The answer of that time: nothing was captured yet.
      expect(again.snapshot.captured.amount_minor).toBe(0n);
      await expect(second.gateway.capturePayment(reference, money(601n, "EUR"), call())).rejects.toThrow(
        "600",
      );
    } finally {
      await second.stop();
    }
  });

  it("holds amounts beyond what a JSON number can", async () => {
    const first = await reopened();
    const amount = money(12_345_678_901_234_567n, "EUR");
    const reference = await created(first.gateway, { amount });
    await confirmed(first.gateway, reference, card("4242424242424242"), { amount });
    await first.stop();
    const second = await reopened();
    const { authorized: reserved } = await second.gateway.retrievePayment(
      reference,
      AbortSignal.timeout(5000),
    );
    const { body } = await second.control("GET", "ledger");
    await second.stop();
    expect(reserved).toEqual(amount);
    expect(body).toMatchObject({ payments: [{ authorized_minor: "12345678901234567" }] });
  });

  it("outlives the bank with what was done to each payment, by whom and under which key", async () => {
    const first = await reopened();
    const reference = await created(first.gateway);
    await confirmed(first.gateway, reference, card("4242424242424242"), {}, call(5000, "key-of-confirm"));
    for (let i = 0; i < 2; i += 1) {
      await first.gateway.capturePayment(reference, money(400n, "EUR"), call(5000, "key-of-capture"));
    }
    await first.control("POST", `payments/${reference}/refund`, { amount_minor: 100 });
    await first.control("POST", `payments/${reference}/dispute`, { amount_minor: 50 });
    await first.gateway.cancelPayment(reference, call(5000, "key-of-cancel"));
    await first.gateway.cancelPayment(reference, call());
    const before = (await first.control("GET", "ledger")).body;
    await first.stop();

    const second = await reopened();
    const after = (await second.control("GET", "ledger")).body;
    await second.stop();
    expect(after).toEqual(before);
    const at = expect.any(String);
    expect(after).toMatchObject({
      payments: [
        {
          authorizations: 1,
          voided_minor: 600,
          disputed_minor: 50,
          operations: [
            { kind: "create", amount_minor: 1000, idempotency_key: expect.any(String), at },
            { kind: "authorize", amount_minor: 1000, idempotency_key: "key-of-confirm", at },
            { kind: "capture", amount_minor: 400, idempotency_key: "key-of-capture", at },
            { kind: "refund", amount_minor: 100, idempotency_key: null, at },
            { kind: "dispute", amount_minor: 50, idempotency_key: null, at },
            { kind: "cancel", amount_minor: 600, idempotency_key: "key-of-cancel", at },
          ],
        },
      ],
    });
  });

  it("remembers the latest operations of a payment and how many it forgot", async () => {
    const bank = await reopened();
    const reference = await created(bank.gateway);
    for (let i = 0; i < OPERATIONS_LIMIT + 5; i += 1) {
      await bank.gateway.updatePayment(reference, money(BigInt(1001 + i), "EUR"), call());
    }
    const { body } = await bank.control("GET", "ledger");
    await bank.stop();
    const [row] = (body as { payments: { operations: unknown[]; operations_forgotten: number }[] }).payments;
    expect(row?.operations_forgotten).toBe(6);
    expect(row?.operations).toHaveLength(OPERATIONS_LIMIT);
    expect(row?.operations.at(-1)).toMatchObject({ kind: "update", amount_minor: 1105 });
  });

  it("reads what earlier banks wrote", async () => {
    mkdirSync(dirname(ledger_file));
    writeFileSync(ledger_file, EARLIER_LEDGER);
    const bank = await reopened();
    const { body } = await bank.control("GET", "ledger");
    const webhooks = (await bank.control("GET", "webhooks")).body;
    const lost = await bank.control("POST", "payments/sbx_pay_old/dispute_lost");
    await bank.stop();
    expect(body).toMatchObject({
      payments: [
        {
          status: "captured",
          authorizations: 1,
          disputed_minor: 300,
          disputes: [{ amount_minor: 300, status: "open" }],
          operations: [],
        },
      ],
    });
    expect(webhooks).toMatchObject({ webhooks: [{ event_id: "evt_open", state: "dropped" }] });
    expect(lost.body).toMatchObject({ payment: { disputed_lost_minor: 300 } });
  });

  it("forgets answers to keys after a day by the bank's clock", () => {
    const ledger = new Ledger();
    const answer = (key: string, at: number) =>
      ({
        kind: "answer",
        value: { provider: PROVIDER, key, params: "", status: 200, body: "{}", at },
      }) as const;
    ledger.commit([answer("a", 0), answer("b", 1)], 0);
    ledger.commit([answer("a", 2)], 2);
    ledger.commit([answer("c", ANSWER_LIFETIME_MS + 1)], ANSWER_LIFETIME_MS + 1);
    expect(ledger.answerOf(PROVIDER, "b")).toBeUndefined();
    expect(ledger.answerOf(PROVIDER, "a")?.at).toBe(2);
    expect(ledger.answerOf(PROVIDER, "c")).toBeDefined();
  });

  it("forgets a torn last line, and goes on after it", async () => {
    const first = await reopened();
    const reference = await authorized(first.gateway);
    await first.stop();
    const whole = readFileSync(ledger_file, "utf8");
    appendFileSync(ledger_file, whole.slice(0, 200));

    const second = await reopened();
    const other = await authorized(second.gateway);
    await second.stop();
    const third = await reopened();
    const { body } = await third.control("GET", "ledger");
    await third.stop();
    expect(body).toMatchObject({
      payments: [
        { reference, status: "authorized" },
        { reference: other, status: "authorized" },
      ],
    });
  });

  it("takes a transaction as a whole: a confirm that was cut off in writing did not happen", async () => {
    const first = await reopened();
    const reference = await created(first.gateway);
    const before = readFileSync(ledger_file).length;
    await confirmed(first.gateway, reference, card("4242424242424242"));
    await first.stop();
    writeFileSync(ledger_file, readFileSync(ledger_file).subarray(0, before + 300));

    const second = await reopened();
    const { status } = await second.gateway.retrievePayment(reference, AbortSignal.timeout(5000));
    await second.stop();
    expect(status).toBe("requires_confirmation");
  });

  it("does not start on a ledger that is damaged in the middle, and says where", async () => {
    const first = await reopened();
    await authorized(first.gateway);
    await first.stop();
    const lines = readFileSync(ledger_file, "utf8").split("\n");
    writeFileSync(ledger_file, [lines[0], "{ damaged", ...lines.slice(1)].join("\n"));
    await expect(reopened()).rejects.toThrow("Line 2 of the ledger");
  });
});
