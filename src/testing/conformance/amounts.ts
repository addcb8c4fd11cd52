import assert from "node:assert/strict";
import { money, type OrderDetails, type PaymentSnapshot } from "../../gateway";
import { assertApproved, assertMoved, assertUnpaid, rejection, rejectsAs } from "./expect";
import {
  capturesManually,
  promise,
  promiseIf,
  type ConformancePromise,
  type ConformanceTheme,
  type GatewayFacts,
} from "./promise";
import { type Tamper } from "./tampered";

const updates = ({ claims }: GatewayFacts): boolean => claims.update_amount;

const handsOver = ({ claims }: GatewayFacts): boolean => claims.update_amount && claims.hand_over !== false;

const paid = ({ status }: PaymentSnapshot): boolean => status === "authorized" || status === "captured";

/** Answers that do not fit the question. */
const MISMATCHES: readonly { about: string; tamper: Tamper }[] = [
  {
    about: "another amount",
    tamper: (snapshot) =>
      paid(snapshot) ? { ...snapshot, amount: { ...snapshot.amount, amount_minor: 9_999n } } : snapshot,
  },
  {
    about: "another currency",
    tamper: (snapshot) =>
      paid(snapshot) ? { ...snapshot, amount: { ...snapshot.amount, currency: "USD" } } : snapshot,
  },
  {
    about: "less reserved than was asked for",
    tamper: (snapshot) =>
      paid(snapshot)
        ? {
            ...snapshot,
            authorized: { ...snapshot.authorized, amount_minor: 1n },
            captured: money(0n, snapshot.amount.currency),
          }
        : snapshot,
  },
  {
    about: "captured in full although a part was taken only",
    tamper: (snapshot) =>
      paid(snapshot)
        ? { ...snapshot, status: "captured", captured: { ...snapshot.captured, amount_minor: 1n } }
        : snapshot,
  },
];

/** What 100.00 is for. */
const BOUGHT = {
  breakdown: {
    lines: [
      { name: "Teapot", quantity: 2, unit_amount_minor: 4_000n, sku: "TEAPOT", kind: "physical" },
      { name: "1.5 × Tea", quantity: 1, unit_amount_minor: 1_999n, description: "Green" },
    ],
    ...{ shipping_minor: 490n, tax_minor: 0n, handling_minor: 1n, discount_minor: 490n },
  },
  ship_to: {
    ...{ name: "Sam Shopper", line_1: "Street 1", line_2: "Floor 2" },
    ...{ city: "Berlin", postal_code: "10115", country: "DE" },
  },
} as const satisfies OrderDetails;

/** A cart that changes, and answers that do not fit. */
export const amounts: ConformanceTheme = {
  title: "amounts",
  promises: [
    promiseIf(
      updates,
      "a changed amount is re-priced in place and paid at the new amount",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        const { reference } = await store.row(session);
        await store.medusa.updatePaymentSession(session.id, store.amount(12_345n));
        await store.confirm(session);
        const payment = await store.medusa.authorizePaymentSession(session.id);
        const row = await store.row(payment);
        assert.equal(row.reference, reference);
        assertMoved(row, { authorized_minor: 12_345n });
      },
    ),
    promiseIf(
      handsOver,
      "seven changes of a cart are one payment at the service (medusajs/medusa#15589)",
      async ({ service, shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_changing";
        const before = (await service.ledger()).length;
        let session = await store.open({ payment_collection_id });
        for (let change = 1n; change < 7n; change += 1n) {
          session = await store.open({ payment_collection_id, amount: store.amount(10_000n + change) });
        }
        assert.equal((await service.ledger()).length, before + 1);
        await store.confirm(session);
        assertMoved(await store.row(await store.medusa.authorizePaymentSession(session.id)), {
          authorized_minor: 10_006n,
        });
      },
    ),
    promise(
      "what a payment is for is told beside its amount, and changes nothing of it",
      async ({ claims, shop }) => {
        const store = shop();
        const attempt_id = "payatt_with_details";
        const input = { method: store.method, amount: store.amount(10_000n), attempt_id, data: {} };
        const { snapshot } = await store.gateway.createPayment({ ...input, order: BOUGHT }, store.call());
        assert.deepEqual(snapshot.amount, input.amount);
        if (claims.update_amount) {
          const dearer = store.amount(12_345n);
          const order = { breakdown: { ...BOUGHT.breakdown, tax_minor: 2_345n }, ship_to: BOUGHT.ship_to };
          await store.gateway.updatePayment(snapshot.reference, dearer, { ...store.call(), order });
          const { amount } = await store.gateway.retrievePayment(snapshot.reference, store.call().signal);
          assert.deepEqual(amount, dearer);
        }
        assertUnpaid(await store.rowOf(snapshot.reference));
      },
    ),
    promiseIf(
      ({ claims }) => claims.hand_over === false,
      "a changed cart has a payment of its own: the former stays as its payer saw it, and is not taken",
      async ({ shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_seen_elsewhere";
        const former = await store.open({ payment_collection_id });
        const { reference } = await store.row(former);
        const payment = await store.pay({ payment_collection_id, amount: store.amount(20_000n) });
        const row = await store.row(payment);
        assert.notEqual(row.reference, reference);
        assertMoved(row, { authorized_minor: 20_000n });
        assertUnpaid(await store.rowOf(reference));
        const left = await store.gateway.retrievePayment(reference, AbortSignal.timeout(5_000));
        assert.equal(left.amount.amount_minor, 10_000n);
      },
    ),
    promise("after a change of the cart the former session can no longer be paid", async ({ shop }) => {
      const store = shop();
      const payment_collection_id = "pay_col_changed";
      const former = await store.open({ payment_collection_id });
      const former_attempt = await store.attempt(former);
      const session = await store.open({ payment_collection_id, amount: store.amount(20_000n) });
      const late = await store.provider.attempts.confirm(former_attempt.id, {
        data: store.samples.approve.data,
      });
      assert.ok(
        late.status === "released" || late.status === "canceled",
        `the former attempt is ${late.status}`,
      );
      assertUnpaid(await store.row(session));
      await store.confirm(session);
      assertMoved(await store.row(session), { authorized_minor: 20_000n });
    }),
    promise(
      "a cart that changes after its payment was approved is paid anew, and the former money stays in sight",
      async ({ service, shop }) => {
        for (const lost of [false, true]) {
          const store = shop();
          const payment_collection_id = "pay_col_changed_late";
          const former = await store.open({ payment_collection_id });
          if (lost) {
            await service.fault({ operation: "authorize", fault: "reset_after", times: 1 });
          }
          await store.confirm(former);
          const { reference } = await store.row(former);
          const payment = await store.pay({ payment_collection_id, amount: store.amount(20_000n) });
          assertMoved(await store.row(payment), { authorized_minor: 20_000n });
          const left = await store.journal.findReleased(payment_collection_id);
          assert.deepEqual(
            left.map(({ gateway_reference }) => gateway_reference),
            [reference],
          );
        }
      },
    ),
    promiseIf(updates, "the gateway does not re-price what is approved", async ({ shop }) => {
      const store = shop();
      const { reference } = await store.authorize();
      await rejectsAs(
        store.gateway.updatePayment(reference, store.amount(1n), store.call()),
        ["invalid_data"],
        "re-pricing what is approved",
      );
      assertMoved(await store.rowOf(reference), { authorized_minor: 10_000n });
    }),
    promiseIf(
      (facts) => updates(facts) && facts.samples.three_d_secure !== undefined,
      "a cart that changes during a challenge is paid at the new amount only",
      async ({ samples, shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_changed_in_challenge";
        const former = await store.open({ payment_collection_id });
        await store.confirm(former, samples.three_d_secure);
        const payment = await store.pay({ payment_collection_id, amount: store.amount(20_000n) });
        assertMoved(await store.row(payment), { authorized_minor: 20_000n });
      },
    ),
    promiseIf(
      updates,
      "a payment that can no longer be re-priced is replaced by a new one, so that the shopper is not stuck",
      async ({ shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_canceled_elsewhere";
        const former = await store.open({ payment_collection_id });
        const { reference } = await store.row(former);
        await store.gateway.cancelPayment(reference, store.call());
        const payment = await store.pay({ payment_collection_id, amount: store.amount(20_000n) });
        assertMoved(await store.row(payment), { authorized_minor: 20_000n });
        assertUnpaid(await store.rowOf(reference));
      },
    ),
    promise("an authorized amount is not changed any more", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await store.confirm(session);
      await rejection(
        store.medusa.updatePaymentSession(session.id, store.amount(1n)),
        "an update of a paid session",
      );
      assertApproved(await store.attempt(session));
      assertMoved(await store.row(session), { authorized_minor: 10_000n });
    }),
    promiseIf(
      updates,
      "a payment re-priced behind the shop's back is not a success at the old amount",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        const { gateway_reference } = await store.attempt(session);
        await store.gateway.updatePayment(String(gateway_reference), store.amount(100n), store.call());
        await store.confirm(session).catch(() => undefined);
        await rejection(
          store.medusa.authorizePaymentSession(session.id),
          "paying at another amount than the session's",
        );
      },
    ),
    ...MISMATCHES.map(isFinding),
    promiseIf(
      capturesManually,
      "an amount that was reserved stays reserved while a part of it is captured",
      async ({ claims, shop }) => {
        if (!claims.partial_capture) {
          return;
        }
        const store = shop();
        const payment = await store.pay();
        await store.medusa.capturePayment(payment.id, store.amount(2_500n));
        await store.provider.getPaymentStatus({ data: payment.data });
        assert.notEqual((await store.attempt(payment)).status, "unknown");
        assert.deepEqual(store.journal.findings, []);
      },
    ),
  ],
};

function isFinding({ about, tamper }: (typeof MISMATCHES)[number]): ConformancePromise {
  return promise(
    `a service that reports ${about} is a finding for the operator, not a success`,
    async ({ shop }) => {
      const store = shop({ tamper });
      const session = await store.open();
      const { status } = await store.confirm(session);
      assert.equal(status, "unknown");
      assert.equal(store.journal.findings[0]?.kind, "amount_mismatch");
      await rejection(store.medusa.authorizePaymentSession(session.id), `authorizing with ${about}`);
    },
  );
}
