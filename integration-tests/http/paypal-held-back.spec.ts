import { LOST_CALL_GRACE_MS } from "../../src/gateway/lost-calls";
import { webhooksWorked } from "../support/journal";
import { orderPaidAtPaypal, PAYPAL, PaypalAccount } from "../support/paypal-store";
import { enableProviders } from "../support/store";
import { until } from "../support/until";
import { withRunningStore } from "../support/suite";

const TOTAL = 6_980;
const account = new PaypalAccount();

/** Captures that PayPal answers, and whose money it holds back, as for a review: it comes later or not at all. */
withRunningStore(
  (running) => {
    beforeEach(async () => {
      await enableProviders(running.container(), running.store().region_id, [PAYPAL]);
      account.subscribe(running);
    });
    afterEach(() => account.simulator.api.deliveriesSettled());
    afterAll(() => account.stop());

    const hand = () => account.simulator.api;

    describe("an operator whose capture PayPal holds back", () => {
      /** @param pending minor units of what is asked for, which is all of it where `decimal` does not say how much */
      async function heldBack(pending: number, decimal?: number) {
        const order = await orderPaidAtPaypal(running, account);
        hand().fund(order.paypal_id, { kind: "pending", reason: "PENDING_REVIEW" });
        const answer = await order.operator.capture(order.payment_id, decimal);
        expect(answer.status).not.toBe(200);
        expect(account.booked(order.paypal_id)).toMatchObject({ captured: 0, captures: 1, pending });
        await hand().deliveriesSettled();
        await webhooksWorked(running.container());
        expect((await order.payment()).captures).toEqual([]);
        const [capture] = hand().order(order.paypal_id).purchase_units?.[0]?.payments?.captures ?? [];
        return { ...order, answer, capture_id: String(capture?.id) };
      }

      it("is told so, and has it on record once the money has come", async () => {
        const { answer, capture_id, paypal_id, payment } = await heldBack(TOTAL);
        expect(answer.body.message).toMatch(/PayPal holds the capture back \(PENDING_REVIEW\)/);
        hand().completePending(capture_id);
        await until(async () => (await payment()).captures.length === 1);
        expect((await payment()).captures).toMatchObject([{ amount: 69.8 }]);
        expect(account.booked(paypal_id)).toMatchObject({ captured: TOTAL, captures: 1, pending: 0 });
      });

      it("has nothing on record of money that never comes, and can capture anew at once", async () => {
        const { operator, capture_id, payment_id, paypal_id, payment } = await heldBack(4_000, 40);
        hand().fund(paypal_id, { kind: "completes" });
        hand().denyPending(capture_id);
        await hand().deliveriesSettled();
        await webhooksWorked(running.container());
        expect((await payment()).captures).toEqual([]);
        expect(account.booked(paypal_id)).toMatchObject({ captured: 0, pending: 0, authorized: TOTAL });
        await running
          .container()
          .resolve("__pg_connection__")("tender_payment_operation")
          .update({ started_at: new Date(Date.now() - LOST_CALL_GRACE_MS) });
        // PayPal answers its own key with the refusal: this is a new one.
        expect((await operator.capture(payment_id, 40)).status).toBe(200);
        expect((await payment()).captures).toMatchObject([{ amount: 40 }]);
        expect(account.booked(paypal_id)).toMatchObject({ captured: 4_000, authorized: 2_980 });
      });

      it("who asks again and again is told why, and PayPal is still offered", async () => {
        const { operator, payment_id, paypal_id } = await orderPaidAtPaypal(running, account);
        hand().fund(paypal_id, { kind: "pending", reason: "PENDING_REVIEW" });
        for (let click = 0; click < 6; click += 1) {
          const { status, body } = await operator.capture(payment_id);
          expect([status, body.message]).toEqual([400, expect.stringContaining("PENDING_REVIEW")]);
        }
        expect(account.booked(paypal_id)).toMatchObject({ pending: TOTAL, captured: 0 });
        const { body } = await (await running.shopper()).options();
        expect(body.payment_options).toContainEqual(expect.objectContaining({ id: `${PAYPAL}:paypal` }));
      });
    });
  },
  () => account.start(),
);
