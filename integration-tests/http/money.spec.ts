import { tablesHolding } from "../support/journal";
import { cardOf } from "../support/shopper";
import { withRunningStore } from "../support/suite";
import { Operator } from "../support/operator";

const APPROVES = "4242424242424242";

withRunningStore((running) => {
  /** A paid order, its Medusa payment and where to look it up at the bank. */
  async function paidOrder() {
    const shopper = await running.shopper();
    const { confirmed } = await shopper.pay("pp_sandbox_a:card", APPROVES);
    const operator = await Operator.logIn(running.base_url());
    const order_id: string = confirmed.body.order.id;
    const payment = async () => (await operator.order(order_id)).payment_collections[0].payments[0];
    const { id } = await payment();
    const ledger = await running.bank().ledger();
    const reference = ledger.at(-1)!.reference;
    const atBank = async () => (await running.bank().ledger()).find((row) => row.reference === reference)!;
    return { operator, order_id, payment_id: id as string, payment, atBank };
  }

  describe("money moved by the operator", () => {
    it("captures exactly the amount asked for, and the rest later", async () => {
      const { operator, payment_id, atBank, payment } = await paidOrder();
      expect((await operator.capture(payment_id, 20.01)).status).toBe(200);
      expect(await atBank()).toMatchObject({ captured_minor: 2001, authorized_minor: 6980 });
      expect((await operator.capture(payment_id, 49.79)).status).toBe(200);
      expect(await atBank()).toMatchObject({ captured_minor: 6980 });
      expect((await payment()).captures.map(({ amount }: { amount: number }) => amount).sort()).toEqual([
        20.01, 49.79,
      ]);
    });

    it("keeps bank and Medusa equal to the minor unit through two partial refunds", async () => {
      const { operator, payment_id, atBank, payment } = await paidOrder();
      await operator.capture(payment_id);
      expect((await operator.refund(payment_id, 10.03)).status).toBe(200);
      expect((await operator.refund(payment_id, 0.47)).status).toBe(200);
      expect(await atBank()).toMatchObject({ captured_minor: 6980, refunded_minor: 1050 });
      const refunds: { amount: number }[] = (await payment()).refunds;
      expect(refunds.map(({ amount }) => amount).sort()).toEqual([0.47, 10.03]);
    });

    it("never captures twice when the answer is lost and Medusa comes back with a new key (medusajs/medusa#16292)", async () => {
      const { operator, payment_id, atBank, payment } = await paidOrder();
      await running.bank().fault({ operation: "capture", fault: "reset_after", times: 1 });
      expect((await operator.capture(payment_id, 30)).status).toBeGreaterThanOrEqual(400);
      expect(await atBank()).toMatchObject({ captured_minor: 3000 });
      expect((await operator.capture(payment_id, 30)).status).toBe(200);
      expect(await atBank()).toMatchObject({ captured_minor: 3000 });
      expect((await payment()).captures).toHaveLength(1);
    });

    it("never refunds twice when the answer is lost", async () => {
      const { operator, payment_id, atBank } = await paidOrder();
      await operator.capture(payment_id);
      await running.bank().fault({ operation: "refund", fault: "reset_after", times: 1 });
      expect((await operator.refund(payment_id, 5)).status).toBeGreaterThanOrEqual(400);
      expect((await operator.refund(payment_id, 5)).status).toBe(200);
      expect(await atBank()).toMatchObject({ refunded_minor: 500 });
    });

    it("voids the authorization when the order is canceled", async () => {
      const { operator, order_id, atBank } = await paidOrder();
      expect((await operator.cancelOrder(order_id)).status).toBe(200);
      expect(await atBank()).toMatchObject({ status: "canceled", captured_minor: 0 });
    });

    it("leaves no card data in any table", async () => {
      await paidOrder();
      expect(await tablesHolding(running.container(), APPROVES)).toEqual([]);
    });

    it("leaves no card data anywhere when it is sent too early, with start", async () => {
      const shopper = await running.shopper();
      const card = { ...cardOf(APPROVES), name: "Sent Too Early" };
      const started = await shopper.start("pp_sandbox_a:card", { card, note: "sent-too-early" });
      expect(started.status).toBeLessThan(500);
      for (const secret of [APPROVES, "Sent Too Early", "sent-too-early"]) {
        expect([secret, await tablesHolding(running.container(), secret)]).toEqual([secret, []]);
      }
      const fields = "*payment_collection,*payment_collection.payment_sessions";
      const { status, body } = await shopper.get(`/store/carts/${shopper.cart_id}?fields=${fields}`);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/4242424242424242|Sent Too Early|sent-too-early/);
    });
  });
});
