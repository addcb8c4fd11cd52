import assert from "node:assert/strict";
import { assertMoved, rejection } from "./expect";
import { capturesManually, promise, promiseIf, type ConformanceTheme } from "./promise";

const CONCURRENT = 10;

/** From a confirm to Medusa's payment. */
export const approval: ConformanceTheme = {
  title: "approval",
  promises: [
    promise("answers an approval as a value with the payment as it is now", async ({ claims, shop }) => {
      const [capture] = claims.capture;
      const store = shop({ capture });
      const snapshot = await store.authorize();
      assert.equal(snapshot.status, capture === "automatic" ? "captured" : "authorized");
      assert.deepEqual(snapshot.amount, store.amount());
      const again = await store.gateway.retrievePayment(snapshot.reference, AbortSignal.timeout(5_000));
      assert.deepEqual(
        {
          status: again.status,
          authorized: again.authorized,
          captured: again.captured,
          refunded: again.refunded,
        },
        {
          status: snapshot.status,
          authorized: snapshot.authorized,
          captured: snapshot.captured,
          refunded: snapshot.refunded,
        },
      );
    }),
    promiseIf(
      capturesManually,
      "reserves exactly the amount and takes nothing before Medusa captures",
      async ({ shop }) => {
        const store = shop();
        const payment = await store.pay();
        assert.equal((await store.attempt(payment)).status, "authorized");
        assertMoved(await store.row(payment), {
          authorized_minor: 10_000n,
          captured_minor: 0n,
          refunded_minor: 0n,
        });
        assert.equal(payment.captured_at, undefined);
      },
    ),
    promiseIf(
      ({ claims }) => claims.capture.includes("automatic"),
      "with automatic capture takes exactly the amount once, and Medusa has it on record as captured",
      async ({ shop }) => {
        const store = shop({ capture: "automatic" });
        const payment = await store.pay();
        assertMoved(await store.row(payment), { captured_minor: 10_000n, refunded_minor: 0n });
        assert.equal(store.medusa.recorded("captures", payment), 10_000n);
      },
    ),
    promiseIf(
      ({ samples }) => samples.session_data !== undefined,
      "is paid by Medusa's own completion when the session already holds what is needed",
      async ({ samples, shop }) => {
        const store = shop();
        const session = await store.open({ data: { ...samples.session_data } });
        const payment = await store.medusa.authorizePaymentSession(session.id);
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
      },
    ),
    promise(
      "authorizing what is authorized already answers the same and reserves nothing more",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        const first = await store.confirm(session);
        const again = await store.confirm(session);
        assert.equal(again.status, first.status);
        for (let times = 0; times < 2; times += 1) {
          const { status } = await store.provider.authorizePayment({
            data: session.data,
            context: { idempotency_key: session.id },
          });
          assert.equal(status, first.status);
        }
        assertMoved(await store.row(session), { authorized_minor: 10_000n });
      },
    ),
    promise(
      `${CONCURRENT} confirms at once, and Medusa's own in between, are one authorization`,
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        const confirms = Array.from({ length: CONCURRENT }, () => store.confirm(session));
        const attempts = await Promise.all(confirms);
        assert.equal(new Set(attempts.map(({ status }) => status)).size, 1);
        const payment = await store.medusa.authorizePaymentSession(session.id);
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
        const { id } = await store.attempt(session);
        assert.equal(
          (await store.journal.listOperations(id, ["authorize"])).length,
          1,
          "one authorize call on record",
        );
      },
    ),
    promise("two carts paid at once do not mix", async ({ shop }) => {
      const store = shop();
      const [one, two] = await Promise.all([
        store.pay({ amount: store.amount(1_111n) }),
        store.pay({ amount: store.amount(2_222n) }),
      ]);
      assertMoved(await store.row(one), { authorized_minor: 1_111n });
      assertMoved(await store.row(two), { authorized_minor: 2_222n });
    }),
    promise("reads the status of a payment from the service, not from the session", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await store.confirm(session);
      const { status } = await store.provider.getPaymentStatus({ data: session.data });
      assert.ok(status === "authorized" || status === "captured", `the status is ${status}`);
    }),
    promiseIf(
      ({ samples }) => samples.pending !== undefined,
      "a payment whose news comes later is pending: neither a success nor a refusal (medusajs/medusa#13837)",
      async ({ samples, service, shop }) => {
        const store = shop();
        const { pending } = samples;
        assert.ok(pending && service.completeChallenge, "a pending sample needs completeChallenge");
        const session = await store.open({ method: pending.method });
        const { next_action } = await store.confirm(session, pending);
        assert.ok(next_action?.type === "redirect", "the shopper is sent to a page first");
        await service.completeChallenge(next_action.url, "later");
        const error = await rejection(store.medusa.authorizePaymentSession(session.id), "a pending payment");
        assert.equal("type" in error && error.type, "payment_requires_more_error");
        assert.equal((await store.attempt(session)).status, "pending");
        assertMoved(await store.row(session), { captured_minor: 0n });
      },
    ),
  ],
};
