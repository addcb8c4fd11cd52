import assert from "node:assert/strict";
import { money } from "../../gateway";
import { assertMoved, assertUnpaid, rejection, rejectsAs } from "./expect";
import { capturesManually, promise, promiseIf, takesCurrency, type ConformanceTheme } from "./promise";

/** Defects found in payment plugins that were published for Medusa. Each stands here under its own name. */
export const publishedDefects: ConformanceTheme = {
  title: "defects of published plugins",
  promises: [
    promise("does not report captured when nothing was approved", async ({ claims, shop }) => {
      const store = shop({ capture: claims.capture.at(-1) });
      const session = await store.open();
      const authorized = store.provider.authorizePayment({
        data: session.data,
        context: { idempotency_key: session.id },
      });
      await rejection(authorized, "authorizing what nobody approved");
      const { status } = await store.provider.getPaymentStatus({ data: session.data });
      assert.ok(status !== "captured" && status !== "authorized", `the status is ${status}`);
      assertUnpaid(await store.row(session));
    }),
    promise("does not treat an unpaid order as authorized", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await rejection(store.medusa.authorizePaymentSession(session.id), "authorizing an unpaid session");
      assert.equal(store.medusa.payments.size, 0);
      const snapshot = await store.gateway.retrievePayment(
        (await store.row(session)).reference,
        AbortSignal.timeout(5_000),
      );
      assert.ok(
        ["requires_confirmation", "action_required"].includes(snapshot.status),
        `the snapshot is ${snapshot.status}`,
      );
      assert.equal(snapshot.authorized.amount_minor, 0n);
    }),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "a refund does not ignore its amount or give back the original total",
      async ({ claims, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const payment = await store.pay();
        await store.medusa.capturePayment(payment.id);
        await store.medusa.refundPayment(payment.id, store.amount(1_234n));
        assertMoved(await store.row(payment), { refunded_minor: 1_234n });
      },
    ),
    promiseIf(takesCurrency("JPY"), "does not write two decimals into yen (toFixed(2))", async ({ shop }) => {
      const store = shop();
      const payment = await store.pay({ amount: money(1_000n, "JPY") });
      assertMoved(await store.row(payment), { authorized_minor: 1_000n });
    }),
    promise("does not divide by 100 twice", async ({ claims, shop }) => {
      const store = shop({ capture: claims.capture[0] });
      const payment = await store.pay({ amount: store.amount(123_456n) });
      await store.medusa.capturePayment(payment.id);
      await store.medusa.refundPayment(payment.id);
      assertMoved(await store.row(payment), {
        authorized_minor: 123_456n,
        captured_minor: 123_456n,
        refunded_minor: 123_456n,
      });
    }),
    promise("does not take a bad signature for a failed payment", async ({ service, shop }) => {
      const store = shop();
      const session = await store.open();
      const { status } = await store.confirm(session);
      const { reference } = await store.row(session);
      const forged = await service.signedWebhook({
        event_id: "evt_bad",
        reference,
        about: "declined",
        wrong_secret: true,
      });
      await rejectsAs(store.medusa.receiveWebhook(forged), ["invalid_webhook"], "a bad signature");
      assert.equal((await store.attempt(session)).status, status);
    }),
    promise("does not report the full amount for a partial settlement", async ({ shop }) => {
      const store = shop({
        tamper: (snapshot) =>
          snapshot.authorized.amount_minor > 0n
            ? {
                ...snapshot,
                authorized: { ...snapshot.authorized, amount_minor: 100n },
                captured: money(0n, snapshot.amount.currency),
              }
            : snapshot,
      });
      const session = await store.open();
      await store.confirm(session);
      await rejection(store.medusa.authorizePaymentSession(session.id), "a settlement of a part");
      assert.equal(store.medusa.payments.size, 0);
    }),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.void,
      "cancel reaches the service",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        await store.medusa.cancelPayment(payment.id);
        const row = await store.row(payment);
        assert.equal(row.status, "canceled");
        await rejection(
          store.gateway.capturePayment(row.reference, store.amount(), store.call()),
          "a capture after cancel",
        );
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.partial_capture,
      "a partial capture does not take everything",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        await store.medusa.capturePayment(payment.id, store.amount(2_500n));
        assertMoved(await store.row(payment), { captured_minor: 2_500n });
      },
    ),
    promiseIf(
      (facts) => takesCurrency("KWD")(facts) && !facts.claims.coarse_currencies?.includes("KWD"),
      "does not round currencies of three decimals up to ten",
      async ({ claims, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const payment = await store.pay({ amount: money(12_341n, "KWD") });
        await store.medusa.capturePayment(payment.id);
        assertMoved(await store.row(payment), { authorized_minor: 12_341n, captured_minor: 12_341n });
      },
    ),
    promise(
      "does not pass a shopper's capture_method or confirm through",
      async ({ claims, samples, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const session = await store.open({
          data: { ...samples.session_data, capture_method: "automatic", capture: "automatic", confirm: true },
        });
        assertUnpaid(await store.row(session));
        await store.confirm(session);
        assertMoved(await store.row(session), {
          authorized_minor: 10_000n,
          captured_minor: claims.capture[0] === "automatic" ? 10_000n : 0n,
        });
      },
    ),
    promise("does not throw when a session is deleted, so that the shopper can switch", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await store.medusa.deletePaymentSession(session.id);
      assert.equal(store.medusa.sessions.size, 0);
    }),
    promise(
      "does not return a refusal as a status, which would block the session for good",
      async ({ samples, shop }) => {
        const store = shop();
        const session = await store.open();
        const [refusal] = Object.values(samples.declines);
        await store.confirm(session, refusal);
        const authorized = store.provider.authorizePayment({
          data: session.data,
          context: { idempotency_key: session.id },
        });
        const error = await rejection(authorized, "authorizing a refused payment");
        assert.equal("type" in error && error.type, "payment_authorization_error");
      },
    ),
  ],
};
