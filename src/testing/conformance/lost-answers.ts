import assert from "node:assert/strict";
import type { ServiceFault } from "../harness";
import type { PaymentRow } from "../medusa-payments";
import { assertApproved, assertMoved, rejection, rejectsAs } from "./expect";
import {
  capturesManually,
  promise,
  promiseIf,
  type ConformanceContext,
  type ConformanceTheme,
} from "./promise";
import type { Shop } from "./shop";

/** The change was made at the service, and nobody was told. */
const AFTER: readonly ServiceFault[] = ["reset_after", "malformed", "mistyped"];

/**
 * Medusa deletes its row when a capture or refund fails and comes back with a new idempotency key
 * (medusajs/medusa#16292). What was asked once must move once all the same.
 */
export const lostAnswers: ConformanceTheme = {
  title: "lost answers",
  promises: [
    promise(
      "an authorization whose answer is lost is unknown, found again, and never made twice",
      async (context) => {
        const { service, shop } = context;
        for (const fault of AFTER) {
          const store = shop();
          const session = await store.open();
          await service.fault({ operation: "authorize", fault, times: 1 });
          assert.equal((await store.confirm(session)).status, "unknown", `after ${fault}`);
          const payment = await store.medusa.authorizePaymentSession(session.id);
          assertApproved(await store.attempt(payment));
          assertMoved(await store.row(payment), { authorized_minor: 10_000n });
          const { id } = await store.attempt(session);
          const tries = await store.journal.listOperations(id, ["authorize"]);
          assert.deepEqual(
            tries.map(({ status }) => status),
            ["succeeded"],
          );
        }
      },
    ),
    promise(
      "a refusal whose answer is lost is found again as a refusal",
      async ({ samples, service, shop }) => {
        const store = shop();
        const session = await store.open();
        await service.fault({ operation: "authorize", fault: "reset_after", times: 1 });
        const [refusal] = Object.values(samples.declines);
        await store.confirm(session, refusal);
        const error = await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "authorizing a refused payment",
        );
        assert.equal("type" in error && error.type, "payment_authorization_error");
        assert.equal((await store.attempt(session)).status, "declined");
        assertMoved(await store.row(session), { authorized_minor: 0n });
      },
    ),
    promise(
      "an unknown authorization is not sent again by a second confirm",
      async ({ samples, service, shop }) => {
        const store = shop();
        const session = await store.open();
        await service.fault({ operation: "authorize", fault: "reset_before", times: 1 });
        assert.equal((await store.confirm(session)).status, "unknown");
        const again = await store.confirm(session, samples.approve);
        assert.equal(
          again.status,
          "unknown",
          "it stays unknown until the first call cannot be under way any more",
        );
        assertMoved(await store.row(session), { authorized_minor: 0n });
      },
    ),
    promiseIf(
      capturesManually,
      "a capture whose answer is lost is taken once although Medusa asks again",
      async (context) => {
        for (const fault of AFTER) {
          const { store, payment } = await paid(context);
          await context.service.fault({ operation: "capture", fault, times: 1 });
          await rejectsAs(store.medusa.capturePayment(payment.id), ["unknown"], `a capture with ${fault}`);
          assertMoved(await store.row(payment), { captured_minor: 10_000n });
          assert.equal(store.medusa.recorded("captures", payment), 0n);
          await store.medusa.capturePayment(payment.id);
          assertMoved(await store.row(payment), { captured_minor: 10_000n });
          assert.equal(store.medusa.recorded("captures", payment), 10_000n);
        }
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.multiple_capture,
      "a partial capture whose answer is lost is taken once, and the next part after it",
      async (context) => {
        const { store, payment } = await paid(context);
        await context.service.fault({ operation: "capture", fault: "reset_after", times: 1 });
        await rejection(store.medusa.capturePayment(payment.id, store.amount(3_000n)), "a lost capture");
        await store.medusa.capturePayment(payment.id, store.amount(3_000n));
        assertMoved(await store.row(payment), { captured_minor: 3_000n });
        await store.medusa.capturePayment(payment.id, store.amount(3_000n));
        assertMoved(await store.row(payment), { captured_minor: 6_000n });
        assert.equal(store.medusa.recorded("captures", payment), 6_000n);
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.multiple_capture,
      "after a lost capture another amount is refused until the first one is on record",
      async (context) => {
        const { store, payment } = await paid(context);
        await context.service.fault({ operation: "capture", fault: "reset_after", times: 1 });
        await rejection(store.medusa.capturePayment(payment.id, store.amount(3_000n)), "a lost capture");
        await rejection(store.medusa.capturePayment(payment.id, store.amount(5_000n)), "another amount");
        assertMoved(await store.row(payment), { captured_minor: 3_000n });
        await store.medusa.capturePayment(payment.id, store.amount(3_000n));
        await store.medusa.capturePayment(payment.id, store.amount(5_000n));
        assertMoved(await store.row(payment), { captured_minor: 8_000n });
      },
    ),
    promise(
      "a refund whose answer is lost is given back once although Medusa asks again",
      async (context) => {
        for (const fault of AFTER) {
          const { store, payment } = await paid(context);
          await store.medusa.capturePayment(payment.id);
          await context.service.fault({ operation: "refund", fault, times: 1 });
          await rejectsAs(store.medusa.refundPayment(payment.id), ["unknown"], `a refund with ${fault}`);
          await store.medusa.refundPayment(payment.id);
          assertMoved(await store.row(payment), { refunded_minor: 10_000n });
          assert.equal(store.medusa.recorded("refunds", payment), 10_000n);
        }
      },
    ),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "a partial refund whose answer is lost is given back once, and the next one after it",
      async (context) => {
        const { store, payment } = await paid(context);
        await store.medusa.capturePayment(payment.id);
        await context.service.fault({ operation: "refund", fault: "reset_after", times: 1 });
        await rejection(store.medusa.refundPayment(payment.id, store.amount(1_000n)), "a lost refund");
        await store.medusa.refundPayment(payment.id, store.amount(1_000n));
        await store.medusa.refundPayment(payment.id, store.amount(1_000n));
        assertMoved(await store.row(payment), { refunded_minor: 2_000n });
        assert.equal(store.medusa.recorded("refunds", payment), 2_000n);
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.void,
      "a void whose answer is lost is a success when asked again",
      async (context) => {
        const { store, payment } = await paid(context);
        await context.service.fault({ operation: "cancel", fault: "reset_after", times: 1 });
        await rejectsAs(store.medusa.cancelPayment(payment.id), ["unknown"], "a lost void");
        await store.medusa.cancelPayment(payment.id);
        assert.equal((await store.row(payment)).status, "canceled");
      },
    ),
    promise(
      "a lost answer to making a payment leaves money alone, and the shopper pays with another one",
      async (context) => {
        const store = context.shop();
        await context.service.fault({ operation: "create", fault: "reset_after", times: 1 });
        await rejectsAs(store.open(), ["unavailable"], "a lost create");
        assertMoved(await store.row(await store.pay()), { authorized_minor: 10_000n });
      },
    ),
  ],
};

async function paid({ claims, shop }: ConformanceContext): Promise<{ store: Shop; payment: PaymentRow }> {
  const store = shop({ capture: claims.capture[0] });
  return { store, payment: await store.pay() };
}
