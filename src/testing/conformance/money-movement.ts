import assert from "node:assert/strict";
import { assertMoved, rejection, rejectsAs } from "./expect";
import { capturesManually, promise, promiseIf, type ConformanceTheme, type GatewayFacts } from "./promise";
import type { Shop } from "./shop";

const capturesInParts = (facts: GatewayFacts): boolean =>
  capturesManually(facts) && facts.claims.partial_capture;
const voids = (facts: GatewayFacts): boolean => capturesManually(facts) && facts.claims.void;

/** Captures, refunds and voids move exactly what they are asked to, or nothing. */
export const moneyMovement: ConformanceTheme = {
  title: "moving money",
  promises: [
    promiseIf(capturesManually, "captures the whole amount", async ({ shop }) => {
      const store = shop();
      const payment = await store.pay();
      await store.medusa.capturePayment(payment.id);
      assertMoved(await store.row(payment), { captured_minor: 10_000n });
      assert.equal((await store.attempt(payment)).status, "captured");
    }),
    promiseIf(
      (facts) => capturesInParts(facts) && facts.claims.multiple_capture,
      "captures in several parts, each exact, until all is taken",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        let captured_minor = 0n;
        for (const part of [3_333n, 1n, 6_666n]) {
          await store.medusa.capturePayment(payment.id, store.amount(part));
          captured_minor += part;
          assertMoved(await store.row(payment), { captured_minor });
        }
        assert.equal((await store.attempt(payment)).status, "captured");
      },
    ),
    promiseIf(
      capturesManually,
      "refuses to capture more than is reserved, and takes nothing",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        await rejection(store.medusa.capturePayment(payment.id, store.amount(10_001n)), "an over-capture");
        assertMoved(await store.row(payment), { captured_minor: 0n });
        await store.medusa.capturePayment(payment.id);
        assertMoved(await store.row(payment), { captured_minor: 10_000n });
      },
    ),
    promiseIf(
      (facts) => capturesInParts(facts) && facts.claims.multiple_capture,
      "refuses to capture more than is left after a part was taken",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        await store.medusa.capturePayment(payment.id, store.amount(9_000n));
        await rejection(store.medusa.capturePayment(payment.id, store.amount(1_001n)), "an over-capture");
        assertMoved(await store.row(payment), { captured_minor: 9_000n });
      },
    ),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "refunds in several parts, each exact, until all is given back",
      async (context) => {
        const { store, payment } = await capturedPayment(context);
        let refunded_minor = 0n;
        for (const part of [2_500n, 1n, 7_499n]) {
          await store.medusa.refundPayment(payment.id, store.amount(part));
          refunded_minor += part;
          assertMoved(await store.row(payment), { captured_minor: 10_000n, refunded_minor });
        }
      },
    ),
    promise("refunds the whole amount", async (context) => {
      const { store, payment } = await capturedPayment(context);
      await store.medusa.refundPayment(payment.id);
      assertMoved(await store.row(payment), { captured_minor: 10_000n, refunded_minor: 10_000n });
    }),
    promise("refuses to refund more than was taken, and gives nothing back", async (context) => {
      const { store, payment } = await capturedPayment(context);
      await rejection(store.medusa.refundPayment(payment.id, store.amount(10_001n)), "an over-refund");
      assertMoved(await store.row(payment), { refunded_minor: 0n });
      await store.medusa.refundPayment(payment.id);
      assertMoved(await store.row(payment), { refunded_minor: 10_000n });
      await rejection(
        store.medusa.refundPayment(payment.id, store.amount(1n)),
        "a refund after all was given back",
      );
      assertMoved(await store.row(payment), { refunded_minor: 10_000n });
    }),
    promiseIf(capturesManually, "refuses to refund what was never captured", async ({ shop }) => {
      const store = shop();
      const payment = await store.pay();
      await rejection(store.medusa.refundPayment(payment.id), "a refund without a capture");
      assertMoved(await store.row(payment), { captured_minor: 0n, refunded_minor: 0n });
    }),
    promise("refunds what was captured automatically (medusajs/medusa#10491)", async ({ claims, shop }) => {
      const [capture] = claims.capture.filter((mode) => mode === "automatic");
      const store = shop({ capture });
      const payment = await store.pay();
      if (!capture) {
        await store.medusa.capturePayment(payment.id);
      }
      await store.medusa.refundPayment(payment.id);
      assertMoved(await store.row(payment), { refunded_minor: 10_000n });
    }),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "two equal refunds at once leave Medusa and the service equal",
      async (context) => {
        const { store, payment } = await capturedPayment(context);
        await Promise.allSettled([
          store.medusa.refundPayment(payment.id, store.amount(1_000n)),
          store.medusa.refundPayment(payment.id, store.amount(1_000n)),
        ]);
        const { refunded_minor } = await store.row(payment);
        assert.equal(store.medusa.recorded("refunds", payment), refunded_minor, "recorded and refunded");
      },
    ),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "a refund asked for while another is under way is never taken for it",
      async ({ claims, service, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const payment = await captured(store, claims.capture[0]);
        await service.fault({ operation: "refund", fault: "latency", value_ms: 400, times: 1 });
        const first = store.medusa.refundPayment(payment.id, store.amount(1_000n));
        await new Promise((resolve) => setTimeout(resolve, 100));
        await Promise.allSettled([first, store.medusa.refundPayment(payment.id, store.amount(1_000n))]);
        const { refunded_minor } = await store.row(payment);
        assert.equal(store.medusa.recorded("refunds", payment), refunded_minor, "recorded and refunded");
      },
    ),
    promise(
      "a refund of one cart's payment leaves another's alone (medusajs/medusa#15527)",
      async ({ claims, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const mine = await captured(store, claims.capture[0]);
        const other = await captured(store, claims.capture[0]);
        await store.medusa.refundPayment(mine.id);
        assertMoved(await store.row(other), { captured_minor: 10_000n, refunded_minor: 0n });
      },
    ),
    promiseIf(
      voids,
      "voids an authorization at the service, and voiding again is no error",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        await store.medusa.cancelPayment(payment.id);
        await store.medusa.cancelPayment(payment.id);
        const row = await store.row(payment);
        assert.equal(row.status, "canceled");
        assertMoved(row, { captured_minor: 0n });
        assert.equal((await store.attempt(payment)).status, "canceled");
      },
    ),
    promiseIf(voids, "takes nothing after a void", async ({ shop }) => {
      const store = shop();
      const { reference } = await store.authorize();
      await store.gateway.cancelPayment(reference, store.call());
      await rejection(
        store.gateway.capturePayment(reference, store.amount(), store.call()),
        "a capture after a void",
      );
      assertMoved(await store.rowOf(reference), { captured_minor: 0n });
    }),
    promiseIf(
      (facts) => voids(facts) && facts.claims.partial_capture,
      "voids what is left after a partial capture, and keeps what was taken",
      async ({ shop }) => {
        const store = shop();
        const { reference } = await store.authorize();
        await store.gateway.capturePayment(reference, store.amount(4_000n), store.call());
        await store.gateway.cancelPayment(reference, store.call());
        await rejection(
          store.gateway.capturePayment(reference, store.amount(1n), store.call()),
          "a capture after a void",
        );
        assertMoved(await store.rowOf(reference), { captured_minor: 4_000n, refunded_minor: 0n });
      },
    ),
    promise("a payment nobody paid can be canceled", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await store.provider.cancelPayment({
        data: session.data,
        context: { idempotency_key: "pay_never_paid" },
      });
      assertMoved(await store.row(session), { authorized_minor: 0n, captured_minor: 0n });
      assert.equal((await store.attempt(session)).status, "canceled");
    }),
    promise(
      "gives back all that an attempt without an order took, and only once",
      async ({ claims, shop }) => {
        for (const capture of claims.capture) {
          const store = shop({ capture });
          const session = await store.open();
          const attempt = await store.confirm(session);
          await store.provider.money.giveBack(attempt);
          await store.provider.money.giveBack(await store.attempt(session));
          const { captured_minor, refunded_minor } = await store.row(session);
          assert.equal(captured_minor - refunded_minor, 0n);
          assert.equal((await store.attempt(session)).status, "canceled");
        }
      },
    ),
    promise("refuses to capture, refund or void a payment the service does not know", async ({ shop }) => {
      const { gateway, amount, call } = plain(shop());
      const reference = "no_such_payment";
      const kinds = ["misconfigured", "invalid_data", "unavailable", "unknown"] as const;
      await rejectsAs(gateway.capturePayment(reference, amount, call()), kinds, "a capture");
      await rejectsAs(gateway.refundPayment(reference, amount, call()), kinds, "a refund");
      await rejectsAs(gateway.cancelPayment(reference, call()), kinds, "a void");
      await rejectsAs(gateway.retrievePayment(reference, AbortSignal.timeout(5_000)), kinds, "a look");
    }),
  ],
};

/** A payment of 100.00 that is captured, however the gateway captures. */
async function capturedPayment({
  claims,
  shop,
}: {
  claims: GatewayFacts["claims"];
  shop(options: object): Shop;
}) {
  const [capture = "manual"] = claims.capture;
  const store = shop({ capture });
  return { store, payment: await captured(store, capture) };
}

async function captured(store: Shop, capture: "manual" | "automatic" | undefined) {
  const payment = await store.pay();
  return capture === "automatic" ? payment : store.medusa.capturePayment(payment.id);
}

function plain(store: Shop) {
  return { gateway: store.gateway, amount: store.amount(), call: () => store.call() };
}
