import { paymentModule } from "../../src/workflows/medusa/payment-session";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { logInCustomer } from "../support/customer";
import { findingsAbout } from "../support/journal";
import { Operator } from "../support/operator";
import { age, paidOrder } from "../support/paid-order";
import { cardOf, type Shopper } from "../support/shopper";
import { withRunningStore } from "../support/suite";

withRunningStore((running) => {
  describe("what may be done about a payment", () => {
    const actionsOf = async (operator: Operator, order_id: string) =>
      (await operator.send("GET", `/admin/orders/${order_id}/payment-actions`)).body.payment_actions[0];

    it("follows what is on record", async () => {
      const { operator, order_id, payment_id, attempt_id } = await paidOrder(running);
      expect(await actionsOf(operator, order_id)).toMatchObject({
        payment_id,
        payment_attempt_id: attempt_id,
        provider_id: "pp_sandbox_a",
        method: "card",
        currency_code: "eur",
        currency_digits: 2,
        capturable: 69.8,
        partial_capture: true,
        refundable: 0,
        voidable: 69.8,
        refunds_by_hand: false,
      });
      await operator.capture(payment_id, 20);
      expect(await actionsOf(operator, order_id)).toMatchObject({
        captured: 20,
        capturable: 49.8,
        refundable: 20,
        voidable: 0,
      });
      await operator.refund(payment_id, 5.5);
      expect(await actionsOf(operator, order_id)).toMatchObject({ refunded: 5.5, refundable: 14.5 });
    });

    it("is on record when it was captured or refunded by Medusa's own routes, and not when that failed", async () => {
      const { operator, payment_id, attempt_id } = await paidOrder(running);
      expect((await operator.capture(payment_id, 20)).status).toBe(200);
      expect((await operator.refund(payment_id, 5.5)).status).toBe(200);
      expect((await operator.refund(payment_id, 500)).status).toBe(400);
      const { body } = await operator.send("GET", `/admin/tender/changes?subject=${attempt_id}`);
      expect(body.changes).toMatchObject([
        {
          action: "payment.refund",
          actor_id: expect.stringMatching(/^user_/),
          before: { refunded: "0.00", payment_id },
          after: { refunded: "5.50", currency: "EUR" },
        },
        { action: "payment.capture", before: { captured: "0.00" }, after: { captured: "20.00" } },
      ]);
    });

    it("is voided once, at the bank and in Medusa, and that is on record", async () => {
      const { operator, order_id, payment_id, attempt_id, payment } = await paidOrder(running);
      const path = `/admin/tender/payments/${payment_id}/void`;
      const { status, body } = await operator.send("POST", path);
      expect([status, body.payment_actions]).toEqual([
        200,
        expect.objectContaining({ is_canceled: true, capturable: 0, voidable: 0 }),
      ]);
      const collection = async () => (await operator.order(order_id)).payment_collections[0];
      const { id: collection_id } = await collection();
      await paymentModule(running.container()).updatePaymentCollections(collection_id, {
        status: "authorized",
      } as never);
      expect((await operator.send("POST", path)).status).toBe(200);
      expect((await collection()).status).toBe("canceled");
      expect((await payment()).canceled_at).not.toBeNull();
      expect((await operator.order(order_id)).payment_status).toBe("canceled");
      expect((await running.bank().ledger()).at(-1)).toMatchObject({ status: "canceled" });
      const changes = await operator.send("GET", `/admin/tender/changes?subject=${attempt_id}`);
      expect(changes.body.changes).toMatchObject([
        { action: "payment.void", before: { status: "authorized" }, after: { amount: "69.80" } },
      ]);
      await age(running, 120_000);
      await settleAttempt(running.container(), attempt_id);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
    });

    it("is no void once something was captured", async () => {
      const { operator, payment_id } = await paidOrder(running);
      await operator.capture(payment_id, 20);
      const { status, body } = await operator.send("POST", `/admin/tender/payments/${payment_id}/void`);
      expect([status, body.message]).toEqual([400, expect.stringContaining("Refund it instead")]);
    });

    it("is 404 of what is not known", async () => {
      const operator = await Operator.logIn(running.base_url());
      expect((await operator.send("GET", "/admin/orders/order_x/payment-actions")).status).toBe(404);
      expect((await operator.send("POST", "/admin/tender/payments/pay_x/void")).status).toBe(404);
    });
  });

  describe("a customer's saved payment methods", () => {
    async function saved() {
      const shopper = await running.shopper();
      const headers = await logInCustomer(shopper);
      await payAndSave(shopper, headers);
      const operator = await Operator.logIn(running.base_url());
      const { body } = await operator.send("GET", "/admin/customers?email=sam@example.com&has_account=true");
      const path = `/admin/customers/${body.customers[0].id}/payment-methods`;
      return { operator, path, customer_id: body.customers[0].id as string };
    }

    async function payAndSave(shopper: Shopper, headers: Record<string, string>) {
      const { body } = await shopper.start("pp_sandbox_a:card", undefined, headers);
      await shopper.post(
        `/store/carts/${shopper.cart_id}/payment-attempts/${body.payment_attempt.id}/confirm`,
        { data: { card: { ...cardOf("4242424242424242"), save: true } } },
        headers,
      );
    }

    it("are shown to operators, and removed by them, which is on record", async () => {
      const { operator, path, customer_id } = await saved();
      const list = async () => (await operator.send("GET", path)).body;
      const { payment_methods, unreachable } = await list();
      expect(unreachable).toEqual([]);
      expect(payment_methods).toEqual([
        {
          id: expect.any(String),
          provider_id: "pp_sandbox_a",
          method: "card",
          brand: "visa",
          last4: "4242",
          exp_month: 12,
          exp_year: expect.any(Number),
        },
      ]);
      const one = `${path}/pp_sandbox_a/${payment_methods[0].id}`;
      expect((await operator.send("DELETE", `${path}/pp_sandbox_a/sm_unknown`)).status).toBe(404);
      expect((await operator.send("DELETE", one)).body).toMatchObject({ deleted: true });
      expect((await list()).payment_methods).toEqual([]);
      expect((await operator.send("DELETE", one)).status).toBe(404);
      const changes = await operator.send("GET", `/admin/tender/changes?subject=${customer_id}`);
      expect(changes.body.changes).toMatchObject([
        { action: "saved_method.remove", before: { brand: "visa", last4: "4242" }, after: null },
      ]);
    });

    it("say which gateway could not be asked", async () => {
      const { operator, path } = await saved();
      await running.bank().fault({ provider: "pp_sandbox_a", fault: "refuse" });
      expect((await operator.send("GET", path)).body).toEqual({
        payment_methods: [],
        unreachable: ["pp_sandbox_a"],
      });
    });

    it("are 404 of a customer who is not known", async () => {
      const operator = await Operator.logIn(running.base_url());
      const { status } = await operator.send("GET", "/admin/customers/cus_x/payment-methods");
      expect(status).toBe(404);
    });
  });
});
