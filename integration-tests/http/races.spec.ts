import { Modules } from "@medusajs/framework/utils";
import { withRunningStore } from "../support/suite";
import { attemptsOf } from "../support/journal";
import { cardOf } from "../support/shopper";

const APPROVES = "4242424242424242";

withRunningStore((running) => {
  /** What the bank reserved since `before`. */
  async function authorizedSince(before: number) {
    return (await running.bank().ledger())
      .slice(before)
      .filter(({ status }) => ["authorized", "captured"].includes(status));
  }

  describe("many at the same time", () => {
    it("20 concurrent confirms of one attempt: one order, one authorization, one answer", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      const { body } = await shopper.start("pp_sandbox_a:card");
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(new Set(answers.map((answer) => answer.body.order?.id)).size).toBe(1);
      expect(answers[0]!.body.order.display_id).toBe(1);
      expect(await authorizedSince(before)).toHaveLength(1);
    });

    it("confirm racing Medusa's own complete: one order, one authorization", async () => {
      for (let round = 0; round < 3; round += 1) {
        const shopper = await running.shopper();
        const before = (await running.bank().ledger()).length;
        const { body } = await shopper.start("pp_sandbox_a:card", { token: "tok_visa" });
        const [confirmed, completed] = await Promise.all([
          shopper.confirm(body.payment_attempt.id),
          shopper.post(`/store/carts/${shopper.cart_id}/complete`, {}),
        ]);
        expect([confirmed.status, confirmed.body.type]).toEqual([200, "order"]);
        if (completed.body.type === "order") {
          expect(completed.body.order.id).toBe(confirmed.body.order.id);
        }
        const authorized = await authorizedSince(before);
        expect(authorized).toHaveLength(1);
        expect(authorized[0]!.authorized_minor).toBe(6980);
        const orders = await running.container().resolve(Modules.ORDER).listOrders({});
        expect(orders).toHaveLength(round + 1);
      }
    });

    it("two tabs starting attempts at once leave one that can be paid", async () => {
      const shopper = await running.shopper();
      const started = await Promise.all(
        ["pp_sandbox_a:card", "pp_sandbox_a:apple_pay", "pp_sandbox_a:card"].map((id) => shopper.start(id)),
      );
      expect(started.some(({ status }) => status === 200)).toBe(true);
      expect(started.every(({ status }) => status === 200 || status === 409)).toBe(true);
      const fresh = await shopper.start("pp_sandbox_a:card");
      const paid = await shopper.confirm(fresh.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body.type).toBe("order");
      const collections = await running.container().resolve(Modules.PAYMENT).listPaymentCollections({});
      expect(collections).toHaveLength(1);
    });

    it("the same Idempotency-Key makes one attempt, however often it is sent", async () => {
      const shopper = await running.shopper();
      const key = { "idempotency-key": "key-1" };
      const first = await shopper.start("pp_sandbox_a:card", undefined, key);
      const again = await shopper.start("pp_sandbox_a:card", undefined, key);
      expect(again.body.payment_attempt.id).toBe(first.body.payment_attempt.id);
    });

    it("the same Idempotency-Key five times at once makes one attempt, and everybody is told of it", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      const key = { "idempotency-key": "key-2" };
      const started = await Promise.all(
        Array.from({ length: 5 }, () => shopper.start("pp_sandbox_a:card", undefined, key)),
      );
      expect(started.map(({ status }) => status)).toEqual(Array(5).fill(200));
      const attempts = await attemptsOf(running.container(), shopper.cart_id);
      expect(attempts).toHaveLength(1);
      expect(new Set(started.map(({ body }) => body.payment_attempt.id))).toEqual(new Set([attempts[0]!.id]));
      expect((await running.bank().ledger()).slice(before)).toHaveLength(1);
    });
  });

  describe("a cart whose total changed after the attempt", () => {
    it("is never completed at the old amount by our route, which answers with a fresh attempt", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      const { body } = await shopper.start("pp_sandbox_a:card");
      await changeQuantity(shopper.cart_id, 2);
      const changed = await shopper.confirm(body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(changed.status).toBe(409);
      expect(changed.body).toMatchObject({
        code: "cart_total_changed",
        payment_attempt: { amount: 134.7, status: "ready" },
      });
      expect(await authorizedSince(before)).toHaveLength(0);
      const paid = await shopper.confirm(changed.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body).toMatchObject({ type: "order", order: { total: 134.7 } });
      expect(await authorizedSince(before)).toEqual([expect.objectContaining({ authorized_minor: 13470 })]);
    });

    it("re-prices the payment at the bank instead of making a new one (medusajs/medusa#15589)", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      await shopper.start("pp_sandbox_a:card");
      const item = await shopper.get(`/store/carts/${shopper.cart_id}`);
      await shopper.post(`/store/carts/${shopper.cart_id}/line-items/${item.body.cart.items[0].id}`, {
        quantity: 2,
      });
      const again = await shopper.start("pp_sandbox_a:card");
      expect(again.body.payment_attempt.amount).toBe(134.7);
      expect((await running.bank().ledger()).slice(before)).toHaveLength(1);
      const paid = await shopper.confirm(again.body.payment_attempt.id, { card: cardOf(APPROVES) });
      expect(paid.body.type).toBe("order");
    });

    it("is never completed at the old amount by Medusa's own route", async () => {
      const shopper = await running.shopper();
      const before = (await running.bank().ledger()).length;
      await shopper.start("pp_sandbox_a:card", { token: "tok_visa" });
      await changeQuantity(shopper.cart_id, 2);
      const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(completed.status).toBe(409);
      expect(await authorizedSince(before)).toHaveLength(0);
      expect(await running.container().resolve(Modules.ORDER).listOrders({})).toHaveLength(0);
    });
  });

  /** Changes the cart outside Medusa's workflows, which then do not notice. */
  async function changeQuantity(cart_id: string, quantity: number) {
    const carts = running.container().resolve(Modules.CART);
    const cart = await carts.retrieveCart(cart_id, { relations: ["items"] });
    await carts.updateLineItems(cart.items![0]!.id, { quantity });
  }
});
