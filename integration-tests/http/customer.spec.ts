import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  /** A logged-in customer; returns the header that proves it. */
  async function logIn(shopper: Shopper): Promise<{ authorization: string }> {
    const credentials = { email: "sam@example.com", password: "only-for-tests" };
    const registered = await shopper.post("/auth/customer/emailpass/register", credentials);
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    await shopper.post("/store/customers", { email: credentials.email }, bearer(registered.body.token));
    const { body } = await shopper.post("/auth/customer/emailpass", credentials);
    return bearer(body.token);
  }

  async function pay(shopper: Shopper, data: Record<string, unknown>, headers: Record<string, string>) {
    const started = await shopper.start("pp_sandbox_a:card", undefined, headers);
    return shopper.post(
      `/store/carts/${shopper.cart_id}/payment-attempts/${started.body.payment_attempt.id}/confirm`,
      { data },
      headers,
    );
  }

  async function savedMethods() {
    const payment = running.container().resolve(Modules.PAYMENT);
    const query = running.container().resolve(ContainerRegistrationKeys.QUERY);
    const { data: holders } = await query.graph({ entity: "account_holder", fields: ["*"] });
    const account_holder = holders.find(({ provider_id }) => provider_id === "pp_sandbox_a");
    return payment.listPaymentMethods({
      provider_id: "pp_sandbox_a",
      context: { account_holder: account_holder! },
    });
  }

  describe("a logged-in customer", () => {
    it("saves a card with one order and pays the next with it", async () => {
      const first = await running.shopper();
      const headers = await logIn(first);
      const card = { ...cardOf("4242424242424242"), save: true };
      expect((await pay(first, { card }, headers)).body.type).toBe("order");
      const [saved] = await savedMethods();
      expect(saved).toMatchObject({ data: { last4: "4242", brand: "visa" } });

      const second = await running.shopper();
      const paid = await pay(second, { saved_method_id: saved!.id }, headers);
      expect(paid.body).toMatchObject({ type: "order", order: { display_id: 2 } });
    });

    it("keeps the card from everybody else", async () => {
      const owner = await running.shopper();
      const headers = await logIn(owner);
      await pay(owner, { card: { ...cardOf("4242424242424242"), save: true } }, headers);
      const [saved] = await savedMethods();

      const guest = await running.shopper();
      const refused = await pay(guest, { saved_method_id: saved!.id }, {});
      expect(refused.status).toBe(400);
    });

    it.each(["black_hole", "refuse"])(
      "gets the next provider when the first one fails at making their record (%s)",
      async (fault) => {
        const shopper = await running.shopper();
        const headers = await logIn(shopper);
        await running.bank().fault({ provider: "pp_sandbox_a", fault });
        const started = await shopper.start("pp_sandbox_a:card", undefined, headers);
        expect(started.status).toBe(200);
        expect(started.body.payment_attempt).toMatchObject({ provider_id: "pp_sandbox_b", status: "ready" });
        const failed = await shopper.attempt(started.body.payment_attempt.fallback_of);
        expect(failed.body.payment_attempt).toMatchObject({ provider_id: "pp_sandbox_a", status: "failed" });
      },
    );
  });
});
