import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorized, call, card, confirmed, created, openBank, TEN_EUROS } from "../../__tests__/support";
import { money } from "../../../../gateway/money";

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
