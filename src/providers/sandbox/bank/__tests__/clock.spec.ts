import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorized, call, created, openBank, TEN_EUROS, type TestBank } from "../../__tests__/support";
import { money } from "../../../../gateway/money";

const DAY_MS = 24 * 3600 * 1000;

describe("the bank's clock", () => {
  let bank: TestBank;
  beforeEach(async () => {
    bank = await openBank();
  });
  afterEach(() => bank.stop());

  const advance = (advance_ms: unknown) => bank.control("POST", "clock", { advance_ms });
  async function row(reference: string): Promise<unknown> {
    const { body } = await bank.control("GET", "ledger");
    return (body as { payments: { reference: string }[] }).payments.find(
      (payment) => payment.reference === reference,
    );
  }

  it("is moved ahead, and says where it is", async () => {
    const { body } = await advance(DAY_MS);
    expect(body).toMatchObject({ advanced_ms: DAY_MS });
    await advance(DAY_MS);
    const answer = (await bank.control("GET", "clock")).body as { now: string; advanced_ms: number };
    expect(answer.advanced_ms).toBe(2 * DAY_MS);
    expect(Math.abs(Date.parse(answer.now) - Date.now() - 2 * DAY_MS)).toBeLessThan(60_000);
  });

  it.each([0, -1, 1.5, "1", undefined, 1e15])("does not go by %s", async (advance_ms) => {
    expect((await advance(advance_ms)).status).toBe(400);
    expect((await bank.control("GET", "clock")).body).toMatchObject({ advanced_ms: 0 });
  });

  it("lets authorizations lapse at once, and says that they expired", async () => {
    const whole = await authorized(bank.gateway);
    const part = await authorized(bank.gateway);
    await bank.gateway.capturePayment(part, money(400n, "EUR"), call());
    const unpaid = await created(bank.gateway);
    await advance(7 * DAY_MS - 60_000);
    expect(await row(whole)).toMatchObject({ status: "authorized", voided_minor: 0 });
    await advance(60_000);
    expect(await row(whole)).toMatchObject({
      status: "canceled",
      voided_minor: 1000,
      operations: [{}, {}, { kind: "expire", amount_minor: 1000, idempotency_key: null }],
    });
    expect(await row(part)).toMatchObject({ status: "captured", captured_minor: 400, voided_minor: 600 });
    expect(await row(unpaid)).toMatchObject({ status: "requires_confirmation" });
    const { body } = await bank.control("GET", "webhooks");
    const { webhooks } = body as { webhooks: { type: string; reference: string }[] };
    const expired = webhooks.filter(({ type }) => type === "payment.expired");
    expect(expired.map(({ reference }) => reference).sort()).toEqual([whole, part].sort());
    expect(webhooks.map(({ type }) => type)).not.toContain("payment.canceled");
  });

  it("makes everything that is due on one payment happen in one go", async () => {
    const reference = await authorized(bank.gateway, "4000000000005126");
    await bank.gateway.capturePayment(reference, money(400n, "EUR"), call());
    await bank.gateway.refundPayment(reference, money(100n, "EUR"), call());
    await bank.gateway.refundPayment(reference, money(200n, "EUR"), call());
    await advance(8 * DAY_MS);
    expect(await row(reference)).toMatchObject({ status: "captured", refunded_minor: 0, voided_minor: 600 });
  });

  it("gives new authorizations their whole life", async () => {
    await advance(30 * DAY_MS);
    const reference = await authorized(bank.gateway);
    const snapshot = await bank.gateway.retrievePayment(reference, AbortSignal.timeout(5000));
    expect(snapshot).toMatchObject({ status: "authorized", authorized: TEN_EUROS });
    const left_ms = Number(snapshot.authorization_expires_at) - Date.now();
    expect(Math.abs(left_ms - 37 * DAY_MS)).toBeLessThan(60_000);
  });

  it("does not go back when the bank is started again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-clock-"));
    const ledger_file = join(folder, "ledger.jsonl");
    const first = await openBank({ ledger_file });
    await first.control("POST", "clock", { advance_ms: DAY_MS });
    await first.stop();
    const second = await openBank({ ledger_file });
    const { body } = await second.control("GET", "clock");
    await second.stop();
    rmSync(folder, { recursive: true });
    expect(body).toMatchObject({ advanced_ms: DAY_MS });
  });
});
