import type { AdminOrderPaymentAttemptsResult, AdminPaymentAttempt } from "../../src/api/admin-contract";
import { Operator } from "../support/operator";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";

const APPROVES = "4242424242424242";
const NO_FUNDS = "4000000000009995";

withRunningStore((running) => {
  async function attemptsOf(order_id: string): Promise<readonly AdminPaymentAttempt[]> {
    const operator = await Operator.logIn(running.base_url());
    const { status, body } = await operator.send("GET", `/admin/orders/${order_id}/payment-attempts`);
    expect(status).toBe(200);
    return (body as AdminOrderPaymentAttemptsResult).payment_attempts;
  }

  describe("an order's payment attempts", () => {
    it("tell the refused one with the gateway's own codes and what followed, then the one that paid", async () => {
      const shopper = await running.shopper();
      await shopper.pay("pp_sandbox_a:card", NO_FUNDS);
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);

      const attempts = await attemptsOf(confirmed.body.order.id);
      expect(attempts).toEqual([
        expect.objectContaining({
          provider_id: "pp_sandbox_a",
          method: "card",
          // Its payment is voided once the shopper goes on; the refusal stays on record.
          status: expect.stringMatching(/^(released|canceled)$/),
          amount: 69.8,
          currency_code: "eur",
          decline: {
            category: "funds_limit",
            code: "insufficient_funds",
            network_code: "51",
            advice_code: null,
          },
          recovery: { action: "choose_another_method", rule_id: "category.funds_limit" },
          fallback_of: null,
        }),
        expect.objectContaining({
          status: "authorized",
          amount: 69.8,
          decline: null,
          instrument: { brand: "visa", last4: "4242" },
        }),
      ]);
      expect(outcomes(attempts[0]).slice(0, 2)).toEqual(["create succeeded", "authorize declined"]);
      expect(outcomes(attempts[1])).toEqual(["create succeeded", "authorize succeeded"]);
      expect(attempts[1]?.operations[1]).toMatchObject({ amount: 69.8, currency_code: "eur", error: null });
      expect(JSON.stringify(attempts)).not.toContain(APPROVES);
    });

    it("tell that a provider was down, and which attempt took over", async () => {
      const shopper = await running.shopper();
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);

      const [passed_over, paid] = await attemptsOf(confirmed.body.order.id);
      expect(passed_over).toMatchObject({ provider_id: "pp_sandbox_a", status: "failed" });
      expect(passed_over?.operations).toEqual([
        expect.objectContaining({
          kind: "create",
          status: "failed",
          error: expect.objectContaining({ kind: "unavailable" }),
        }),
      ]);
      expect(paid).toMatchObject({
        provider_id: "pp_sandbox_b",
        status: "authorized",
        fallback_of: passed_over?.id,
      });
    });

    it("follow captures and refunds with their amounts, to the minor unit", async () => {
      const shopper = await running.shopper();
      const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
      const order_id: string = confirmed.body.order.id;
      const operator = await Operator.logIn(running.base_url());
      const payment_id: string = (await operator.order(order_id)).payment_collections[0].payments[0].id;
      await operator.capture(payment_id, 20.01);
      await operator.refund(payment_id, 0.47);

      const [attempt] = await attemptsOf(order_id);
      const moved = attempt?.operations
        .slice(-2)
        .map(({ kind, amount, status }) => ({ kind, amount, status }));
      expect(moved).toEqual([
        { kind: "capture", amount: 20.01, status: "succeeded" },
        { kind: "refund", amount: 0.47, status: "succeeded" },
      ]);
    });

    it("are recorded for another plugin's provider too", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_system_default:pp_system_default");
      const paid = await shopper.confirm(body.payment_attempt.id);
      expect(await attemptsOf(paid.body.order.id)).toEqual([
        expect.objectContaining({
          provider_id: "pp_system_default",
          status: "authorized",
          gateway_reference: null,
        }),
      ]);
    });

    it("of an order nobody knows are 404", async () => {
      const operator = await Operator.logIn(running.base_url());
      expect((await operator.send("GET", "/admin/orders/order_nobody/payment-attempts")).status).toBe(404);
    });
  });

  describe("who may read them", () => {
    it("is nobody without a login: 401", async () => {
      const order_id = await paidOrder();
      expect((await read(order_id)).status).toBe(401);
    });

    it("is no customer, not even the order's own: 401", async () => {
      const order_id = await paidOrder();
      expect((await read(order_id, await customerToken())).status).toBe(401);
    });
  });

  async function paidOrder(): Promise<string> {
    const shopper = await running.shopper();
    const { body } = await shopper.start("pp_sandbox_a:card");
    const paid = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
    return paid.body.order.id;
  }

  function read(order_id: string, token?: string): Promise<Response> {
    return fetch(`${running.base_url()}/admin/orders/${order_id}/payment-attempts`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
  }

  /** A shopper with an account, logged in. */
  async function customerToken(): Promise<string> {
    const account = { email: "shopper@example.com", password: "only-for-tests" };
    const shopper = await running.shopper();
    const registered = await shopper.post("/auth/customer/emailpass/register", account);
    const authorization = `Bearer ${registered.body.token}`;
    await shopper.post("/store/customers", { email: account.email }, { authorization });
    const logged_in = await shopper.post("/auth/customer/emailpass", account);
    expect(logged_in.status).toBe(200);
    return logged_in.body.token;
  }
});

function outcomes(attempt: AdminPaymentAttempt | undefined): string[] {
  return (attempt?.operations ?? []).map(({ kind, status }) => `${kind} ${status}`);
}
