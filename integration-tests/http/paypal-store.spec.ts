import { Modules } from "@medusajs/framework/utils";
import { attemptsOf, findingsAbout, makeDue, openFindings, webhooksWorked } from "../support/journal";
import { openSession, sessionData } from "../support/medusas-session";
import { orderOf, orderPaidAtPaypal, PAYPAL, PaypalAccount, sentToPaypal } from "../support/paypal-store";
import { enableProviders } from "../support/store";
import { until } from "../support/until";
import { withRunningStore } from "../support/suite";
import { reconcile } from "../../src/workflows/upkeep/reconcile";

const HOUR_MS = 3_600_000;
const TOTAL = 6_980;
const account = new PaypalAccount();

/** PayPal in a running Medusa, over HTTP: the real gateway and SDK, a simulator in place of PayPal. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [PAYPAL, "pp_sandbox_a"]);
      account.subscribe(running);
    });
    afterEach(async () => {
      await account.simulator.api.clearFaults();
      await account.simulator.api.deliveriesSettled();
    });
    afterAll(() => account.stop());

    const hand = () => account.simulator.api;
    const orders = () => running.container().resolve(Modules.ORDER).listOrders({});
    const stored = () =>
      running.container().resolve("__pg_connection__")("tender_payment_webhook_event").orderBy("created_at");
    const allWorked = () => webhooksWorked(running.container());
    const lastEvent = (event_type: string) => {
      const event = hand()
        .events()
        .filter((sent) => sent.event_type === event_type)
        .at(-1);
      if (!event) {
        throw new Error(`The simulator sent no ${event_type}.`);
      }
      return event;
    };

    /** Whether the cart's only attempt waits for its shopper. */
    const unpaidStill = async (cart_id: string) => {
      const [attempt, ...others] = await attemptsOf(running.container(), cart_id);
      return others.length === 0 && ["ready", "action_required"].includes(String(attempt?.status));
    };
    const orderPlaced = () => until(async () => (await orders()).length === 1);

    describe("a shopper", () => {
      it("who approves in PayPal and comes back has an order, and PayPal holds its money", async () => {
        const { paypal_id, payment } = await orderPaidAtPaypal(running, account);
        expect(account.booked(paypal_id)).toMatchObject({
          authorized: TOTAL,
          captured: 0,
          authorizations: 1,
        });
        expect((await payment()).captures).toEqual([]);
      });

      it("who approves and closes the page has an order all the same, by PayPal's webhook", async () => {
        const { paypal_id } = await sentToPaypal(running);
        hand().approve(paypal_id);
        await orderPlaced();
        expect(account.booked(paypal_id)).toMatchObject({ authorized: TOTAL, authorizations: 1 });
      });

      it("who approves and closes the page has an order also where no webhook comes", async () => {
        account.unsubscribe();
        const { paypal_id } = await sentToPaypal(running);
        hand().approve(paypal_id);
        await makeDue(running.container());
        await reconcile(running.container());
        await orderPlaced();
        expect(account.booked(paypal_id)).toMatchObject({ authorized: TOTAL, authorizations: 1 });
      });

      it("who cancels in PayPal gets back to the ways to pay, and pays another way", async () => {
        const { shopper, attempt_id, paypal_id } = await sentToPaypal(running);
        hand().cancel(paypal_id);
        expect((await shopper.confirm(attempt_id)).body.type).toBe("action_required");
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
        expect(confirmed.body.type).toBe("order");
        expect(account.booked(paypal_id)).toMatchObject({ authorized: 0, captured: 0, authorizations: 0 });
      });

      it("who sends a finished payment along with Medusa's own session gets no order", async () => {
        const shopper = await running.shopper();
        const capture = { id: "1", status: "COMPLETED" };
        const answer = await openSession(shopper, PAYPAL, {
          status: "COMPLETED",
          captured_at: "2026-01-01",
          order_id: "NONE",
          paypal: { capture },
          purchaseUnits: [{ payments: { captures: [capture] } }],
        });
        expect(answer.status).toBe(200);
        const data = await sessionData(shopper);
        const KEPT = ["attempt_id", "client", "gateway_reference", "method", "next_action"];
        expect(Object.keys(data).sort()).toEqual(KEPT);
        const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        expect(completed.body.type).not.toBe("order");
        expect(await orders()).toEqual([]);
      });

      it("who comes back with another order's token and PayerID pays nothing with it", async () => {
        const theirs = await sentToPaypal(running);
        account.unsubscribe();
        hand().approve(theirs.paypal_id);
        const { shopper, attempt_id, paypal_id } = await sentToPaypal(running);
        const stolen = { token: theirs.paypal_id, PayerID: "QYR5Z8XDVJNXQ", order_id: theirs.paypal_id };
        const path = `/store/carts/${shopper.cart_id}/payment-attempts/${attempt_id}`;
        const answers = [
          await shopper.confirm(attempt_id, { ...stolen, gateway_reference: theirs.paypal_id }),
          await shopper.post(`${path}/confirm?token=${theirs.paypal_id}&PayerID=QYR5Z8XDVJNXQ`, {}),
        ];
        for (const { status, body } of answers) {
          expect({ status, type: body.type }).toEqual({ status: 200, type: "action_required" });
        }
        // Their attempt is not to be had through this cart either.
        const other = `/store/carts/${shopper.cart_id}/payment-attempts/${theirs.attempt_id}/confirm`;
        expect((await shopper.post(other, {})).status).toBe(404);
        expect(account.booked(theirs.paypal_id)).toMatchObject({ authorizations: 0, captures: 0 });
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 0, captures: 0 });
        expect(await orders()).toEqual([]);
        await orderOf(running, theirs.shopper, theirs.attempt_id);
        expect(account.booked(theirs.paypal_id)).toMatchObject({ authorized: TOTAL });
      });

      it("whose order at PayPal has expired is told to choose again, and pays another way", async () => {
        const { shopper, attempt_id, paypal_id } = await sentToPaypal(running);
        hand().advance(4 * HOUR_MS);
        const { status, body } = await shopper.confirm(attempt_id);
        expect({ status, code: body.code }).toEqual({ status: 409, code: "attempt_closed" });
        expect(body.message).toMatch(/choose again how to pay/);
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 0, captures: 0 });
        expect(await orders()).toEqual([]);
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
        expect(confirmed.body.type).toBe("order");
      });

      it("whose cart grew while PayPal could not be asked cannot complete it with the smaller order", async () => {
        account.unsubscribe();
        const shopper = await running.shopper();
        expect((await openSession(shopper, PAYPAL, {})).status).toBe(200);
        const old = String((await sessionData(shopper)).gateway_reference);
        await hand().fault({ fault: "http_503" });
        await shopper.post(`/store/carts/${shopper.cart_id}/line-items`, {
          variant_id: running.store().variant_id,
          quantity: 1,
        });
        expect((await openSession(shopper, PAYPAL, {})).status).not.toBe(200);
        await hand().clearFaults();
        hand().approve(old);
        const completed = await shopper.post(`/store/carts/${shopper.cart_id}/complete`, {});
        expect(completed.body.type).not.toBe("order");
        expect(await orders()).toEqual([]);
        expect(account.booked(old)).toMatchObject({ amount: TOTAL, authorizations: 0, captures: 0 });
      });
    });

    describe("a webhook", () => {
      it("that was forged is answered with 400, and nothing is stored", async () => {
        account.unsubscribe();
        const { paypal_id } = await sentToPaypal(running);
        hand().approve(paypal_id);
        const { id } = lastEvent("CHECKOUT.ORDER.APPROVED");
        account.subscribe(running);
        expect(await hand().forge(id, "signature")).toEqual([400]);
        expect(await hand().forge(id, "certificate")).toEqual([400]);
        expect([await stored(), await orders()]).toEqual([[], []]);
      });

      it("whose body was changed so that its CRC32 and signature still fit changes nothing", async () => {
        const paid = await orderPaidAtPaypal(running, account);
        await paid.operator.capture(paid.payment_id, 30);
        await hand().deliveriesSettled();
        const unpaid = await sentToPaypal(running);
        const before = account.booked(paid.paypal_id);
        const { resource } = lastEvent("PAYMENT.CAPTURE.COMPLETED");
        const known = (await stored()).length;
        const all = { amount: { currency_code: "EUR", value: "69.80" }, status: "COMPLETED" };
        const part = { amount: { currency_code: "EUR", value: "30.00" }, status: "COMPLETED" };
        const elsewhere = { supplementary_data: { related_ids: { order_id: unpaid.paypal_id } } };
        // More was captured, once more as much was, all was given back, another order was paid: each is news by its id.
        const LIES = [
          ["PAYMENT.CAPTURE.COMPLETED", all],
          ["PAYMENT.CAPTURE.COMPLETED", { ...part, id: "3C679366HH908993F" }],
          ["PAYMENT.CAPTURE.REFUNDED", { ...part, id: "1JU08902781691411" }],
          ["PAYMENT.CAPTURE.REVERSED", { ...part, id: "8NC05478YX4520735" }],
          ["PAYMENT.CAPTURE.COMPLETED", { ...all, ...elsewhere }],
        ] as const;
        for (const [at, [event_type, lie]] of LIES.entries()) {
          const made = { id: `WH-LIE-${at}`, event_type, resource: resource as object };
          const forged = (copy: Record<string, unknown>) => Object.assign(copy, lie);
          expect(await hand().sendMade(made, { forged })).toEqual([200]);
        }
        await allWorked();
        expect(await stored()).toHaveLength(known + LIES.length);
        expect(account.booked(paid.paypal_id)).toEqual(before);
        expect(await paid.payment()).toMatchObject({ captures: [{ amount: 30 }], refunds: [] });
        expect(await openFindings(running.container())).toEqual([]);
        expect(await unpaidStill(unpaid.shopper.cart_id)).toBe(true);
        expect(await orders()).toHaveLength(1);
      });

      it("whose body was changed so that its CRC32 still fits, and that is the first of its kind, changes nothing", async () => {
        account.unsubscribe();
        const theirs = await sentToPaypal(running);
        const mine = await sentToPaypal(running);
        hand().approve(theirs.paypal_id);
        const { id } = lastEvent("CHECKOUT.ORDER.APPROVED");
        account.subscribe(running);
        const lie = { id: mine.paypal_id, status: "COMPLETED" };
        expect(await hand().forgeSameCrc(id, (resource) => Object.assign(resource, lie))).toEqual([200]);
        await allWorked();
        expect(await unpaidStill(mine.shopper.cart_id)).toBe(true);
        expect(await orders()).toEqual([]);
        // What was true of the other order is found out without it.
        await makeDue(running.container());
        await reconcile(running.container());
        await orderPlaced();
      });

      it("that says an order was declined is looked into, and the order is placed that was approved", async () => {
        account.unsubscribe();
        const { paypal_id } = await sentToPaypal(running);
        hand().approve(paypal_id);
        account.subscribe(running);
        expect(await orders()).toEqual([]);
        const resource = { id: paypal_id, status: "VOIDED" };
        const made = { id: "WH-DECLINED", event_type: "CHECKOUT.ORDER.DECLINED", resource };
        expect(await hand().sendMade(made)).toEqual([200]);
        await orderPlaced();
        expect(account.booked(paypal_id)).toMatchObject({ authorized: TOTAL, authorizations: 1 });
      });

      it("that says an order was voided closes the attempt that PayPal has no order for any more", async () => {
        const { shopper, paypal_id } = await sentToPaypal(running);
        hand().advance(4 * HOUR_MS);
        const resource = { id: paypal_id, status: "VOIDED" };
        const made = { id: "WH-VOIDED", event_type: "CHECKOUT.ORDER.VOIDED", resource };
        expect(await hand().sendMade(made)).toEqual([200]);
        const statuses = async () =>
          (await attemptsOf(running.container(), shopper.cart_id)).map(({ status }) => status);
        await until(async () => (await statuses()).join() === "canceled");
        const { confirmed } = await shopper.pay("pp_sandbox_a:card", "4242424242424242");
        expect(confirmed.body.type).toBe("order");
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 0, captures: 0 });
      });

      it("that comes five times is worked once", async () => {
        const { paypal_id } = await sentToPaypal(running);
        hand().approve(paypal_id);
        await orderPlaced();
        const { id } = lastEvent("CHECKOUT.ORDER.APPROVED");
        expect(await hand().resend(id, 5)).toEqual([200, 200, 200, 200, 200]);
        expect(await orders()).toHaveLength(1);
        expect(account.booked(paypal_id)).toMatchObject({ authorizations: 1 });
      });
    });

    describe("an operator", () => {
      it("captures 40.00 and then the rest, each once", async () => {
        const { operator, payment_id, paypal_id, payment } = await orderPaidAtPaypal(running, account);
        expect((await operator.capture(payment_id, 40)).status).toBe(200);
        expect(account.booked(paypal_id)).toMatchObject({ captured: 4_000, authorized: 2_980 });
        expect((await operator.capture(payment_id, 29.8)).status).toBe(200);
        expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL, captures: 2, authorized: 0 });
        expect((await payment()).captures.map(({ amount }: { amount: number }) => amount)).toEqual([
          40, 29.8,
        ]);
      });

      it("cannot capture more than is reserved, and nothing is", async () => {
        const { operator, payment_id, paypal_id, payment } = await orderPaidAtPaypal(running, account);
        const refused = await operator.capture(payment_id, 69.81);
        expect(refused.status).toBe(400);
        expect(account.booked(paypal_id)).toMatchObject({ captured: 0, authorized: TOTAL });
        expect((await payment()).captures).toEqual([]);
      });

      it("is told that a refund comes too late for PayPal, and nothing is given back", async () => {
        const { operator, payment_id, paypal_id, payment } = await orderPaidAtPaypal(running, account);
        await operator.capture(payment_id);
        hand().advance(181 * 24 * HOUR_MS);
        const refused = await operator.refund(payment_id, 10);
        expect(refused.status).toBe(400);
        expect(refused.body.message).toMatch(/REFUND_TIME_LIMIT_EXCEEDED/);
        expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL, refunded: 0 });
        expect((await payment()).refunds).toEqual([]);
      });

      it("who cancels an order gives its money free at PayPal", async () => {
        const { operator, order_id, paypal_id } = await orderPaidAtPaypal(running, account);
        expect((await operator.cancelOrder(order_id)).status).toBe(200);
        await until(async () => account.booked(paypal_id).authorized === 0);
        expect(account.booked(paypal_id)).toMatchObject({ voided: TOTAL, captured: 0 });
      });

      it("who refunds in PayPal's dashboard finds it in Medusa", async () => {
        const { operator, payment_id, paypal_id, payment } = await orderPaidAtPaypal(running, account);
        await operator.capture(payment_id);
        const [capture] = hand().order(paypal_id).purchase_units?.[0]?.payments?.captures ?? [];
        hand().dashboard.refund(String(capture?.id), 2_000n);
        await until(async () => (await payment()).refunds.length === 1);
        // Several of its events at once may each have begun to put it on record.
        await allWorked();
        expect((await payment()).refunds).toMatchObject([{ amount: 20 }]);
      });

      it("is told of a refund that comes back", async () => {
        const { operator, payment_id, paypal_id, attempt_id } = await orderPaidAtPaypal(running, account);
        await operator.capture(payment_id);
        expect((await operator.refund(payment_id, 20)).status).toBe(200);
        const [refund] = hand().order(paypal_id).purchase_units?.[0]?.payments?.refunds ?? [];
        hand().failRefund(String(refund?.id));
        await until(async () =>
          (await findingsAbout(running.container(), attempt_id)).includes("refund_failed"),
        );
        expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL, refunded: 0 });
      });

      it("hears of a dispute", async () => {
        const { operator, payment_id, paypal_id, attempt_id } = await orderPaidAtPaypal(running, account);
        await operator.capture(payment_id);
        const [capture] = hand().order(paypal_id).purchase_units?.[0]?.payments?.captures ?? [];
        hand().openDispute(String(capture?.id));
        await until(async () => (await findingsAbout(running.container(), attempt_id)).length > 0);
        expect(await findingsAbout(running.container(), attempt_id)).toEqual(["dispute"]);
      });
    });
  },
  () => account.start(),
);
