import type { PaymentSnapshot } from "../../../gateway/outcomes";
import { money } from "../../../gateway/money";
import { authorized, call, errorOf, openBank, TEN_EUROS, type TestBank } from "./support";

describe("a dispute", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.stop());

  async function captured(number?: string): Promise<string> {
    const reference = await authorized(bank.gateway, number);
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    return reference;
  }
  const act = (reference: string, action: string, body?: unknown) =>
    bank.control("POST", `payments/${reference}/${action}`, body);
  const read = (reference: string): Promise<PaymentSnapshot> =>
    bank.gateway.retrievePayment(reference, AbortSignal.timeout(5000));

  async function newsOf(payment: string): Promise<string[]> {
    const { body } = await bank.control("GET", "webhooks");
    const { webhooks } = body as { webhooks: { type: string; reference: string }[] };
    return webhooks.filter(({ reference }) => reference === payment).map(({ type }) => type);
  }

  it("is none where nobody contests the payment", async () => {
    expect((await read(await captured())).disputes).toEqual([]);
  });

  it("reaches the store with its id, amount, reason and time to answer", async () => {
    const reference = await captured();
    await act(reference, "dispute", { amount_minor: 700, reason: "duplicate" });
    const [dispute, ...others] = (await read(reference)).disputes ?? [];
    expect(dispute).toEqual({
      id: expect.stringMatching(/^sbx_dp_/),
      amount: money(700n, "EUR"),
      status: "open",
      reason: "duplicate",
      respond_by: expect.any(Date),
    });
    const days = (Number(dispute?.respond_by) - Date.now()) / (24 * 3600 * 1000);
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    expect(others).toEqual([]);
  });

  it.each([
    ["won", 0],
    ["lost", 1000],
  ])(
    "is %s once, which leaves what was captured and refunded as it is",
    async (status, disputed_lost_minor) => {
      const reference = await captured("4000000000000259");
      expect(await act(reference, `dispute_${status}`)).toMatchObject({
        status: 200,
        body: {
          payment: { captured_minor: 1000, refunded_minor: 0, disputed_minor: 1000, disputed_lost_minor },
        },
      });
      expect(await read(reference)).toMatchObject({
        status: "captured",
        captured: TEN_EUROS,
        refunded: money(0n, "EUR"),
        disputes: [{ status, amount: TEN_EUROS, reason: "fraudulent" }],
      });
      expect((await act(reference, `dispute_${status}`)).status).toBe(404);
      expect(await newsOf(reference)).toEqual([
        "payment.authorized",
        "payment.captured",
        "payment.disputed",
        "payment.dispute_closed",
      ]);
    },
  );

  it("is named by its id where several are open", async () => {
    const reference = await captured();
    await act(reference, "dispute", { amount_minor: 100 });
    await act(reference, "dispute", { amount_minor: 200 });
    expect((await act(reference, "dispute_lost")).status).toBe(400);
    const [, second] = (await read(reference)).disputes ?? [];
    const dispute_id = second?.id;
    expect((await act(reference, "dispute_lost", { dispute_id })).status).toBe(200);
    expect((await read(reference)).disputes?.map(({ status }) => status)).toEqual(["open", "lost"]);
    expect((await act(reference, "dispute_won", { dispute_id })).status).toBe(409);
    expect((await act(reference, "dispute_won", { dispute_id: "sbx_dp_none" })).status).toBe(404);
    expect((await act(reference, "dispute", { reason: "boredom" })).status).toBe(400);
  });

  it("keeps its amount from being refunded: the payer would have it twice", async () => {
    const reference = await captured();
    await act(reference, "dispute", { amount_minor: 600 });
    expect(await errorOf(bank.gateway.refundPayment(reference, TEN_EUROS, call()))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("payment_disputed"),
    });
    await act(reference, "dispute_won");
    expect((await bank.gateway.refundPayment(reference, TEN_EUROS, call())).refunded).toEqual(TEN_EUROS);
  });
});
