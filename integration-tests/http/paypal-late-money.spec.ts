import { reconcile } from "../../src/workflows/upkeep/reconcile";
import { findingsAbout, makeDue } from "../support/journal";
import { orderOf, PAYPAL, PaypalAccount, sentToPaypal } from "../support/paypal-store";
import { enableProviders } from "../support/store";
import { until } from "../support/until";
import { withRunningStore } from "../support/suite";

const TOTAL = 6_980;
const HOUR_MS = 3_600_000;
const account = new PaypalAccount();

/** Money that PayPal holds back for days, as with an eCheck or a review: the order is placed, and paid later or not. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [PAYPAL]);
      account.subscribe(running);
    });
    afterEach(() => account.simulator.api.deliveriesSettled());
    afterAll(() => account.stop());

    async function orderedByEcheck() {
      const { shopper, attempt_id, paypal_id } = await sentToPaypal(running);
      account.simulator.api.approve(paypal_id, { funding: { kind: "pending", reason: "ECHECK" } });
      const order = await orderOf(running, shopper, attempt_id);
      const [capture] = account.simulator.api.order(paypal_id).purchase_units?.[0]?.payments?.captures ?? [];
      const paid = async () => (await order.operator.order(order.order_id)).summary.paid_total as number;
      return { ...order, attempt_id, paypal_id, capture_id: String(capture?.id), paid };
    }

    describe("money that PayPal holds back", () => {
      it("is on no record before it has come, and is then", async () => {
        const { paypal_id, capture_id, paid, payment } = await orderedByEcheck();
        expect(account.booked(paypal_id)).toMatchObject({ pending: TOTAL, captured: 0 });
        expect([await paid(), await payment()]).toEqual([0, undefined]);
        account.simulator.api.completePending(capture_id);
        await until(async () => (await paid()) === 69.8);
        expect((await payment()).captures).toMatchObject([{ amount: 69.8 }]);
        expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL, captures: 1 });
      });

      it("that never comes leaves the order unpaid, and the operator is told", async () => {
        const { attempt_id, capture_id, paid } = await orderedByEcheck();
        account.simulator.api.denyPending(capture_id);
        await until(async () =>
          (await findingsAbout(running.container(), attempt_id)).includes("order_not_covered"),
        );
        expect(await paid()).toBe(0);
      });
    });

    it("settles what else is told while disputes cannot be read, and finds the dispute within the hour", async () => {
      const { attempt_id, paypal_id, capture_id, paid } = await orderedByEcheck();
      const hand = account.simulator.api;
      await hand.fault({ fault: "http_503", operation: "disputes.list" });
      hand.completePending(capture_id);
      await until(async () => (await paid()) === 69.8);
      hand.openDispute(capture_id);
      await hand.deliveriesSettled();
      const connection = running.container().resolve("__pg_connection__");
      const events = (): Promise<{ status: string }[]> => connection("tender_payment_webhook_event");
      await until(async () => (await events()).every(({ status }) => status === "done"));
      expect(await findingsAbout(running.container(), attempt_id)).toEqual([]);
      await hand.clearFaults();
      const { next_check_at } = await connection("tender_payment_attempt").where({ id: attempt_id }).first();
      expect(next_check_at.getTime()).toBeLessThanOrEqual(Date.now() + HOUR_MS);
      await makeDue(running.container());
      await reconcile(running.container());
      expect(await findingsAbout(running.container(), attempt_id)).toEqual(["dispute"]);
      expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL });
    });
  },
  () => account.start({ PAYPAL_GATEWAY_CAPTURE: "automatic" }),
);
