import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { setTimeout as sleep } from "node:timers/promises";
import { withRunningStore } from "../support/suite";
import { cardOf, Shopper } from "../support/shopper";

withRunningStore((running) => {
  describe("the Store API's errors", () => {
    it("400 without a publishable key", async () => {
      const answer = await fetch(`${running.base_url()}/store/carts/cart_1/payment-options`);
      expect(answer.status).toBe(400);
    });

    it("404 for an unknown cart, option and attempt, and for another cart's attempt", async () => {
      const shopper = await running.shopper();
      const other = await running.shopper();
      const foreign = await other.start("pp_sandbox_a:card");
      expect((await shopper.get("/store/carts/cart_unknown/payment-options")).status).toBe(404);
      expect((await shopper.start("pp_nobody:card")).status).toBe(404);
      expect((await shopper.start("nonsense")).status).toBe(404);
      expect((await shopper.attempt("payatt_unknown")).status).toBe(404);
      expect((await shopper.attempt(foreign.body.payment_attempt.id)).status).toBe(404);
      expect((await shopper.confirm(foreign.body.payment_attempt.id)).status).toBe(404);
    });

    it("404 for an attempt that belongs to no cart, though the asking cart has no payment collection either", async () => {
      const owner = await running.shopper();
      const { body } = await owner.start("pp_sandbox_a:card");
      const { id } = body.payment_attempt;
      await running
        .container()
        .resolve("__pg_connection__")("tender_payment_attempt")
        .where({ id })
        .update({ cart_id: null, payment_collection_id: null });
      const stranger = await running.shopper();
      expect((await stranger.attempt(id)).status).toBe(404);
      expect((await stranger.confirm(id, { card: cardOf("4242424242424242") })).status).toBe(404);
    });

    it("400 for a malformed body, unknown fields and malformed payment data, naming the field and not its value", async () => {
      const shopper = await running.shopper();
      const path = `/store/carts/${shopper.cart_id}/payment-attempts`;
      expect((await shopper.post(path, {})).status).toBe(400);
      expect((await shopper.post(path, { option_id: "pp_sandbox_a:card", amount: 1 })).status).toBe(400);
      const { body } = await shopper.start("pp_sandbox_a:card");
      const malformed = await shopper.confirm(body.payment_attempt.id, {
        card: { number: "4242424242424242" },
      });
      expect(malformed.status).toBe(400);
      expect(malformed.body.message).toMatch(/exp_month/);
      expect(malformed.body.message).not.toMatch(/4242/);
      const after = await shopper.confirm(body.payment_attempt.id, { card: cardOf("4242424242424242") });
      expect(after.body.type).toBe("order");
    });

    it("413 for a body that is too large", async () => {
      const shopper = await running.shopper();
      const answer = await shopper.start("pp_sandbox_a:card", { padding: "x".repeat(40_000) });
      expect(answer.status).toBe(413);
    });

    it("409 for a cart that has its order, and the order again for the attempt that paid it", async () => {
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
      expect((await shopper.start("pp_sandbox_a:card")).status).toBe(409);
      const again = await shopper.confirm(started.body.payment_attempt.id, {
        card: cardOf("4242424242424242"),
      });
      expect(again.body.order.id).toBe(confirmed.body.order.id);
    });

    it("409 for a cart that costs nothing, which Medusa completes without a payment", async () => {
      const shopper = await running.shopper();
      const carts = running.container().resolve(Modules.CART);
      const { items, shipping_methods } = await carts.retrieveCart(shopper.cart_id, {
        relations: ["items", "shipping_methods"],
      });
      await carts.updateLineItems(items!.map(({ id }) => ({ id, unit_price: 0 })) as never);
      await carts.updateShippingMethods(shipping_methods!.map(({ id }) => ({ id, amount: 0 })) as never);
      const refused = await shopper.start("pp_sandbox_a:card");
      expect(refused).toMatchObject({ status: 409, body: { code: "nothing_to_pay" } });
      const placed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(placed.body).toMatchObject({ type: "order", order: { total: 0 } });
    });

    it("409 for an attempt that another one replaced, without charging it", async () => {
      const shopper = await running.shopper();
      const first = await shopper.start("pp_sandbox_a:card");
      await shopper.start("pp_sandbox_a:apple_pay");
      const answer = await shopper.confirm(first.body.payment_attempt.id, {
        card: cardOf("4242424242424242"),
      });
      expect(answer.status).toBe(409);
      expect(answer.body.code).toBe("attempt_closed");
    });

    it("repeats the refusal for an attempt confirmed again, without asking the bank", async () => {
      const shopper = await running.shopper();
      const { started, confirmed } = await shopper.pay("pp_sandbox_a:card", "4000000000009995");
      const again = await shopper.confirm(started.body.payment_attempt.id, {
        card: cardOf("4242424242424242"),
      });
      expect(again.status).toBe(402);
      expect(again.body.decline).toEqual(confirmed.body.decline);
    });
  });

  describe("somebody who reads Arabic", () => {
    const ARABIC = /^[\u0600-\u06FF][^A-Za-z]+\.$/;
    const reader = async () => {
      const shopper = new Shopper(running.base_url(), running.store(), "ar");
      await shopper.fillCart();
      return shopper;
    };

    it("is offered a card under its Arabic name", async () => {
      const { body } = await (await reader()).options();
      const card = body.payment_options.find(({ method }: { method: string }) => method === "card");
      expect(card).toMatchObject({ title: "بطاقة", description: "بطاقة ائتمان أو خصم" });
    });

    it("reads the bank's page in Arabic too, whatever the browser says", async () => {
      const shopper = await reader();
      const { body } = await shopper.start("pp_sandbox_a:bank_redirect");
      const confirmed = await shopper.confirm(body.payment_attempt.id);
      const { url } = confirmed.body.payment_attempt.next_action;
      const page = await fetch(url, { headers: { "accept-language": "en" } });
      expect(await page.text()).toContain('<html lang="ar" dir="rtl">');
    });

    it("is told in Arabic that the cart's total has changed", async () => {
      const shopper = await reader();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const { cart } = (await shopper.get(`/store/carts/${shopper.cart_id}`)).body;
      await shopper.post(`/store/carts/${shopper.cart_id}/line-items/${cart.items[0].id}`, { quantity: 2 });
      const changed = await shopper.confirm(body.payment_attempt.id, { card: cardOf("4242424242424242") });
      expect([changed.status, changed.body.code]).toEqual([409, "cart_total_changed"]);
      expect(changed.body.message).toMatch(ARABIC);
    });

    it("is told in Arabic that the cart is being paid at this moment", async () => {
      const shopper = await reader();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ operation: "authorize", fault: "latency", value_ms: 1_200, times: 1 });
      const paying = shopper.confirm(body.payment_attempt.id, { card: cardOf("4242424242424242") });
      await sleep(500);
      const second = await shopper.start("pp_sandbox_b:apple_pay");
      expect([second.status, second.body.code]).toEqual([409, "payment_in_progress"]);
      expect(second.body.message).toMatch(ARABIC);
      expect((await paying).body.type).toBe("order");
    });

    it("is told in Arabic that the cart was tried too often", async () => {
      const shopper = await reader();
      for (let tries = 0; tries < 10; tries += 1) {
        expect((await shopper.start("pp_sandbox_a:card")).status).toBe(200);
      }
      const eleventh = await shopper.start("pp_sandbox_a:card");
      expect([eleventh.status, eleventh.body.code]).toEqual([429, "attempts_used_up"]);
      expect(eleventh.body.message).toMatch(ARABIC);
    });
  });

  describe("an approved payment of which Medusa makes no order", () => {
    it("is returned, and Medusa's own words reach the log and not the shopper", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      const sql = `insert into "order" ("email") values ('shopper@example.com') - deadlock detected`;
      jest
        .spyOn(running.container().resolve(Modules.ORDER), "createOrders")
        .mockRejectedValueOnce(new Error(sql));
      const logged: string[] = [];
      jest
        .spyOn(running.container().resolve(ContainerRegistrationKeys.LOGGER), "error")
        .mockImplementation((message) => {
          logged.push(String(message));
        });
      const refused = await shopper.confirm(body.payment_attempt.id, { card: cardOf("4242424242424242") });
      jest.restoreAllMocks();

      expect([refused.status, refused.body.code]).toEqual([409, "order_not_placed"]);
      expect(JSON.stringify(refused.body)).not.toMatch(/insert into|deadlock|@example/);
      expect(refused.body.message).toMatch(/could not be placed.*being returned/);
      expect(logged).toContainEqual(expect.stringMatching(`${body.payment_attempt.id}.*deadlock detected`));
      expect((await running.bank().ledger()).at(-1)).toMatchObject({ status: "canceled" });
    });
  });

  describe("an outcome nobody knows", () => {
    it("is pending, blocks a second payment, and becomes the order when the bank tells", async () => {
      const shopper = await running.shopper();
      const { body } = await shopper.start("pp_sandbox_a:card");
      await running.bank().fault({ operation: "authorize", fault: "reset_after", times: 1 });
      const lost = await shopper.confirm(body.payment_attempt.id, { card: cardOf("4242424242424242") });
      expect(lost.body).toMatchObject({
        type: "pending",
        payment_attempt: { status: "unknown", next_action: { type: "wait" } },
      });

      await running.bank().fault({ operation: "retrieve", fault: "refuse" });
      const second = await shopper.start("pp_system_default:pp_system_default");
      expect([second.status, second.body.code]).toEqual([409, "payment_unknown"]);

      await running.bank().clearFaults();
      const settled = await shopper.confirm(body.payment_attempt.id);
      expect(settled.body).toMatchObject({ type: "order", order: { display_id: 1 } });
    });
  });
});
