import { withRunningStore } from "../support/suite";
import { attemptsOf } from "../support/journal";
import { enableProviders } from "../support/store";

withRunningStore(
  (running) => {
    describe("providers of other plugins", () => {
      beforeEach(async () => {
        await enableProviders(running.container(), running.store().region_id, [
          "pp_sandbox_a",
          "pp_system_default",
          "pp_stripe_stripe",
        ]);
      });

      it("are listed beside the gateways: Medusa's manual one and the official Stripe plugin's", async () => {
        const shopper = await running.shopper();
        const { body } = await shopper.options();
        const ids = body.payment_options.map(({ id }: { id: string }) => id);
        expect(ids).toEqual(
          expect.arrayContaining([
            "pp_sandbox_a:card",
            "pp_system_default:pp_system_default",
            "pp_stripe_stripe:pp_stripe_stripe",
          ]),
        );
        expect(body.payment_options.every(({ title }: { title: string }) => title.length > 2)).toBe(true);
      });

      it("finish a cart that the sandbox refused", async () => {
        const shopper = await running.shopper();
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
        expect(confirmed.status).toBe(402);
        const other = await shopper.start("pp_system_default:pp_system_default");
        expect(other.body.payment_attempt).toMatchObject({
          provider_id: "pp_system_default",
          status: "ready",
        });
        const paid = await shopper.confirm(other.body.payment_attempt.id);
        expect(paid.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      });
    });

    describe("another plugin's provider that cannot be used", () => {
      beforeEach(() =>
        enableProviders(running.container(), running.store().region_id, [
          "pp_stripe_stripe",
          "pp_system_default",
        ]),
      );

      it("is told plainly when a payment is started, and the cart is paid in another way", async () => {
        const shopper = await running.shopper();
        const refused = await shopper.start("pp_stripe_stripe:pp_stripe_stripe");
        expect([refused.status, refused.body.code]).toEqual([503, "method_unavailable"]);
        expect(JSON.stringify(refused.body)).not.toMatch(/sk_test|api key/i);
        expect(await attemptsOf(running.container(), shopper.cart_id)).toEqual([
          expect.objectContaining({ provider_id: "pp_stripe_stripe", status: "failed" }),
        ]);

        const other = await shopper.start("pp_system_default:pp_system_default");
        const paid = await shopper.confirm(other.body.payment_attempt.id);
        expect(paid.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      });
    });

    describe("Medusa's own payment routes", () => {
      it("pay with a gateway, and the attempt is recorded", async () => {
        const shopper = await running.shopper();
        const collection = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
        const id = collection.body.payment_collection.id;
        const session = await shopper.post(`/store/payment-collections/${id}/payment-sessions`, {
          provider_id: "pp_sandbox_a",
          data: { token: "tok_visa", capture_method: "automatic", card: { number: "4242424242424242" } },
        });
        const { data } = session.body.payment_collection.payment_sessions[0];
        expect(data).toMatchObject({ method: "card" });
        expect(JSON.stringify(data)).not.toMatch(/4242424242424242|capture_method|tok_visa/);

        const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        expect(completed.body.type).toBe("order");
        const attempt = await shopper.attempt(data.attempt_id);
        expect(attempt.body.payment_attempt).toMatchObject({
          status: "authorized",
          provider_id: "pp_sandbox_a",
          amount: 69.8,
        });
      });

      it("tell a decline in an answer an unmodified storefront understands, and let it try again", async () => {
        const shopper = await running.shopper();
        const collection = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
        const id = collection.body.payment_collection.id;
        await shopper.post(`/store/payment-collections/${id}/payment-sessions`, {
          provider_id: "pp_sandbox_a",
          data: { token: "tok_insufficient_funds" },
        });
        const declined = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        expect(declined.body).toMatchObject({ type: "cart", error: { type: "payment_authorization_error" } });
        const again = await shopper.post(`/store/payment-collections/${id}/payment-sessions`, {
          provider_id: "pp_sandbox_a",
          data: { token: "tok_visa" },
        });
        expect(again.status).toBe(200);
        const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        expect(completed.body.type).toBe("order");
      });
    });
  },
  { STRIPE_PLUGIN_API_KEY: "sk_test_not_a_real_key" },
);
