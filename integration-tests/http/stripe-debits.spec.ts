import { Modules } from "@medusajs/framework/utils";
import Stripe from "stripe";
import { settleAttempt } from "../../src/workflows/settle/settle";
import { findCheckoutCart } from "../../src/workflows/pay/find-checkout-cart";
import { tenderModule } from "../../src/workflows/medusa/load-cart";
import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { attemptsOf, findingsAbout, makeDue, openFindings } from "../support/journal";
import { Operator } from "../support/operator";
import type { Shopper } from "../support/shopper";
import { enableProviders } from "../support/store";
import { API_KEY, STRIPE, StripeAccount } from "../support/stripe-store";
import { until } from "../support/until";
import { withRunningStore } from "../support/suite";

const account = new StripeAccount();
const sdk = () => new Stripe(API_KEY, account.simulator.sdk);

/** Bank debits: the order is placed at once, Stripe tells in days whether it is paid. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [STRIPE]);
      account.subscribe(running);
    });
    afterEach(() => account.simulator.api.deliveriesSettled());
    afterAll(() => account.stop());

    /** As Stripe.js makes a payment method of what the shopper typed. */
    async function bankAccount(): Promise<string> {
      const { id } = await sdk().paymentMethods.create({
        type: "sepa_debit",
        sepa_debit: { iban: "DE89370400440532013000" },
        billing_details: { name: "Ada", email: "ada@example.com" },
      });
      return id;
    }

    /** The shopper agrees to the debit in the browser, past the store. */
    const confirmInPage = (intent_id: string, payment_method: string) =>
      sdk().paymentIntents.confirm(intent_id, {
        payment_method,
        mandate_data: { customer_acceptance: { type: "offline" } },
      });

    async function started() {
      const shopper = await running.shopper();
      const { body } = await shopper.start(`${STRIPE}:sepa_debit`);
      const attempt_id: string = body.payment_attempt.id;
      const intent_id: string = body.payment_attempt.client.id;
      return { shopper, attempt_id, intent_id, payment_method: await bankAccount() };
    }

    async function ordered() {
      const { shopper, attempt_id, intent_id, payment_method } = await started();
      const confirmed = await shopper.confirm(attempt_id, { payment_method });
      expect(confirmed.body).toMatchObject({ type: "order", order: { display_id: 1 } });
      const order_id: string = confirmed.body.order.id;
      const operator = await Operator.logIn(running.base_url());
      return { shopper, attempt_id, intent_id, order_id, operator };
    }

    async function answered(intent_id: string, answer: "paid" | "failed"): Promise<void> {
      account.simulator.api.settleDebit(intent_id, answer);
      await account.simulator.api.deliveriesSettled();
    }

    const statusOf = async (shopper: Shopper) =>
      (await attemptsOf(running.container(), shopper.cart_id)).map(({ status }) => status);
    const orders = () => running.container().resolve(Modules.ORDER).listOrders({});

    it("has its order at once, whoever asks again, and is paid by the bank's answer", async () => {
      const { shopper, attempt_id, intent_id, order_id, operator } = await ordered();
      const unpaid = await operator.order(order_id);
      expect(unpaid.payment_collections[0].payments).toEqual([]);
      expect(unpaid.summary.paid_total).toBe(0);
      expect((await shopper.confirm(attempt_id)).body).toMatchObject({
        type: "order",
        order: { id: order_id },
      });
      expect((await shopper.attempt(attempt_id)).body.payment_attempt).toMatchObject({
        status: "pending",
        next_action: { type: "wait", settles_later: true },
      });
      await answered(intent_id, "paid");
      await until(async () => (await operator.order(order_id)).summary.paid_total === 69.8);
      const [collection] = (await operator.order(order_id)).payment_collections;
      expect(collection).toMatchObject({ captured_amount: 69.8, status: "completed" });
      expect(collection.payments.flatMap(({ captures }: { captures: unknown[] }) => captures)).toHaveLength(
        1,
      );
      expect(await statusOf(shopper)).toEqual(["captured"]);
      expect(await orders()).toHaveLength(1);
      expect(await openFindings(running.container())).toEqual([]);
    });

    it("is known to the page of its order until it is paid", async () => {
      const { shopper, attempt_id, intent_id } = await ordered();
      const pageOf = async () => (await findCheckoutCart(running.container(), shopper.cart_id))?.order;
      expect(await pageOf()).toMatchObject({ is_paid: false, open_attempt_id: attempt_id });
      await answered(intent_id, "paid");
      await until(async () => (await pageOf())?.is_paid === true);
      expect(await pageOf()).toMatchObject({ is_paid: true, open_attempt_id: null });
    });

    it("that came to nothing is known to the page of its order, too", async () => {
      const { shopper, attempt_id } = await ordered();
      await tenderModule(running.container()).changeAttempt(attempt_id, "canceled");
      const found = await findCheckoutCart(running.container(), shopper.cart_id);
      expect(found?.order).toMatchObject({
        is_paid: false,
        open_attempt_id: attempt_id,
        paid_with: { en: expect.any(String) },
      });
    });

    it("that the bank refuses leaves an order that the operator is told of, and money later pays it", async () => {
      const { attempt_id, intent_id, order_id, operator } = await ordered();
      await answered(intent_id, "failed");
      await until(async () => (await findingsAbout(running.container(), attempt_id)).length > 0);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
      expect((await operator.order(order_id)).summary.paid_total).toBe(0);
      await confirmInPage(intent_id, await bankAccount());
      await answered(intent_id, "paid");
      await until(async () => (await operator.order(order_id)).summary.paid_total === 69.8);
      await until(
        async () => !(await findingsAbout(running.container(), attempt_id)).includes("order_not_covered"),
      );
    });

    it("pays its order days later, also when the server stopped after it had learned of that", async () => {
      const { attempt_id, intent_id, order_id, operator } = await ordered();
      account.simulator.api.subscribe([]);
      await answered(intent_id, "paid");
      const days_ago = new Date(Date.now() - 3 * 86_400_000);
      await running
        .container()
        .resolve("__pg_connection__")("tender_payment_attempt")
        .where({ id: attempt_id })
        .update({ status: "captured", created_at: days_ago, updated_at: days_ago });
      await settleAttempt(running.container(), attempt_id);
      expect((await operator.order(order_id)).summary.paid_total).toBe(69.8);
      expect(account.booked(intent_id)).toMatchObject({ captured: 6980, refunded: 0 });
    });

    it("that comes to nothing is told of, also when the server stopped after it had learned of that", async () => {
      const { attempt_id, intent_id } = await ordered();
      account.simulator.api.subscribe([]);
      await answered(intent_id, "failed");
      account.simulator.api.dashboard.cancel(intent_id);
      const before = Date.now();
      await tenderModule(running.container()).changeAttempt(attempt_id, "canceled");
      const next = await running
        .container()
        .resolve("__pg_connection__")("tender_payment_attempt")
        .where({ id: attempt_id })
        .first("next_check_at");
      expect(next.next_check_at.getTime() - before).toBeLessThan(120_000);
      await makeDue(running.container());
      await reconcile(running.container());
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["order_not_covered"]);
    });

    it("goes back when the order was canceled before the bank answered", async () => {
      const { attempt_id, intent_id, order_id, operator } = await ordered();
      expect((await operator.cancelOrder(order_id)).status).toBe(200);
      await answered(intent_id, "paid");
      await until(async () => account.booked(intent_id).refunded === 6980);
      await until(async () => (await findingsAbout(running.container(), attempt_id)).length > 0);
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["late_money_returned"]);
      expect((await operator.order(order_id)).summary.paid_total).toBe(0);
    });

    it("has its order also when the shopper's page was closed and only Stripe knows", async () => {
      const { shopper, intent_id, payment_method } = await started();
      await confirmInPage(intent_id, payment_method);
      await until(async () => (await orders()).length === 1);
      expect(await statusOf(shopper)).toEqual(["pending"]);
      await answered(intent_id, "paid");
      await until(async () => (await statusOf(shopper))[0] === "captured");
      expect(await orders()).toHaveLength(1);
    });

    it("has its order by Medusa's own route too", async () => {
      const { shopper, attempt_id, intent_id, payment_method } = await started();
      account.simulator.api.subscribe([]);
      await confirmInPage(intent_id, payment_method);
      const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
      expect(completed.body.type).toBe("order");
      await answered(intent_id, "paid");
      await settleAttempt(running.container(), attempt_id);
      const operator = await Operator.logIn(running.base_url());
      expect((await operator.order(completed.body.order.id)).summary.paid_total).toBe(69.8);
    });

    it("of a changed cart makes no order, and its money goes back when it comes", async () => {
      const { shopper, attempt_id, intent_id, payment_method } = await started();
      account.simulator.api.subscribe([]);
      await confirmInPage(intent_id, payment_method);
      await shopper.post(`/store/carts/${shopper.cart_id}/line-items`, {
        variant_id: running.store().variant_id,
        quantity: 1,
      });
      await settleAttempt(running.container(), attempt_id);
      expect(await orders()).toHaveLength(0);
      await answered(intent_id, "paid");
      await settleAttempt(running.container(), attempt_id);
      expect(account.booked(intent_id)).toMatchObject({ captured: 6980, refunded: 6980 });
      expect(await orders()).toHaveLength(0);
    });
  },
  () => account.start({ STRIPE_GATEWAY_METHODS: "card,sepa_debit" }),
);
