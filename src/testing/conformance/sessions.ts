import assert from "node:assert/strict";
import { isGatewayError } from "../../gateway";
import { assertMoved, assertUnpaid } from "./expect";
import { promise, promiseIf, type ConformanceTheme } from "./promise";

/** Medusa deletes sessions whenever it likes; the shopper must never be stuck on one. */
export const sessions: ConformanceTheme = {
  title: "sessions that go away",
  promises: [
    promise(
      "deleting a session never throws, whatever is in its data (medusajs/medusa#14027)",
      async ({ shop }) => {
        const { provider } = shop();
        for (const data of [
          undefined,
          {},
          { attempt_id: "payatt_unknown" },
          { attempt_id: 7 },
          { session_id: "payses_x" },
        ]) {
          await provider.deletePayment({ data });
        }
      },
    ),
    promise(
      "deleting a session never throws while the service is down (medusajs/medusa#10093)",
      async ({ service, shop }) => {
        for (const fault of ["refuse", "http_500", "black_hole"] as const) {
          const store = shop();
          const session = await store.open();
          await service.fault({ operation: "*", fault });
          const started = Date.now();
          await store.medusa.deletePaymentSession(session.id);
          assert.ok(Date.now() - started < 2_500, "the shopper must not wait for it");
          await service.clearFaults();
        }
      },
    ),
    promise("deleting a session twice, or a paid one, never throws", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      await store.confirm(session);
      await store.provider.deletePayment({ data: session.data });
      await store.provider.deletePayment({ data: session.data });
      assertMoved(await store.row(session), {
        captured_minor: 0n,
        refunded_minor: 0n,
        authorized_minor: 10_000n,
      });
    }),
    promise(
      "a deleted session's payment is released for the next attempt and stays unpaid",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        await store.medusa.deletePaymentSession(session.id);
        assert.equal((await store.attempt(session)).status, "released");
        assertUnpaid(await store.row(session));
      },
    ),
    promise(
      "a shopper switches to another provider although this one's service is down",
      async ({ service, shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_switching";
        const session = await store.open({ payment_collection_id });
        await service.fault({ operation: "*", fault: "refuse" });
        await store.medusa.deletePaymentSession(session.id);
        assert.equal(store.medusa.sessions.size, 0);
      },
    ),
    promise("Medusa's rollback of a session it could not store never throws", async ({ shop }) => {
      const store = shop();
      await store.provider.deletePayment({ data: { method: store.method } });
      assert.ok(store.medusa.log.length <= 1, "one line in the log is enough");
    }),
    promise(
      "a second completion that cannot be recorded leaves the first one's money alone (medusajs/medusa#12481)",
      async (context) => {
        const store = context.shop();
        const payment = await store.pay();
        await store.provider.cancelPayment({ data: payment.data, context: { idempotency_key: undefined } });
        const row = await store.row(payment);
        assert.notEqual(row.status, "canceled");
        assertMoved(row, { authorized_minor: 10_000n });
      },
    ),
    promiseIf(
      ({ claims }) => claims.void && claims.capture.includes("manual"),
      "a completion that could not be recorded at all is voided",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        await store.confirm(session);
        await store.provider.cancelPayment({ data: session.data, context: { idempotency_key: undefined } });
        assert.equal((await store.row(session)).status, "canceled");
      },
    ),
    promise("without the tender module the provider says what to add", async ({ shop }) => {
      const store = shop();
      Reflect.deleteProperty(store.medusa.cradle, "tender");
      await assert.rejects(store.open(), /tenderPayments/);
    }),
    promise("a provider only works on attempts of its own", async ({ shop }) => {
      const store = shop();
      const attempt = await store.journal.openAttempt({
        payment_collection_id: null,
        payment_session_id: null,
        provider_id: "pp_somebody_else",
        method: store.method,
        amount: store.amount(),
      });
      await assert.rejects(
        store.provider.capturePayment({
          data: { attempt_id: attempt.id },
          context: { idempotency_key: "capt_x" },
        }),
        /no payment attempt/,
      );
    }),
  ],
};

const FAULTS_TO_OPEN = 5;

/** The circuit breaker opens for the provider's faults, not for the shoppers'. */
export const health: ConformanceTheme = {
  title: "health",
  promises: [
    promise(`after ${FAULTS_TO_OPEN} faults the service is not asked any more`, async ({ service, shop }) => {
      const store = shop();
      await service.fault({ operation: "create", fault: "http_500", times: FAULTS_TO_OPEN });
      for (let fault = 0; fault < FAULTS_TO_OPEN; fault += 1) {
        assert.equal(store.provider.health.state, "closed");
        await store.open().catch((error: unknown) => assert.ok(isGatewayError(error)));
      }
      assert.equal(store.provider.health.state, "open");
      const before = (await service.ledger()).length;
      const started = Date.now();
      await assert.rejects(store.open(), (error) => isGatewayError(error) && error.kind === "unavailable");
      assert.ok(Date.now() - started < 200, "an open circuit answers at once");
      assert.equal((await service.ledger()).length, before);
    }),
    promise("refused cards say nothing about the provider's health", async ({ samples, shop }) => {
      const store = shop();
      for (const sample of Object.values(samples.declines)) {
        await store.confirm(await store.open(), sample);
      }
      assert.equal(store.provider.health.state, "closed");
    }),
    promise("wrong input says nothing about the provider's health", async ({ shop }) => {
      const store = shop();
      for (let times = 0; times <= FAULTS_TO_OPEN; times += 1) {
        await store.open({ method: "no_such_method" }).catch(() => undefined);
        const { id } = await store.attempt(await store.open());
        await store.provider.attempts.confirm(id, { data: "nonsense" }).catch(() => undefined);
      }
      assert.equal(store.provider.health.state, "closed");
    }),
    promise(
      "refused over-captures and over-refunds say nothing about the provider's health",
      async ({ claims, shop }) => {
        const store = shop({ capture: claims.capture[0] });
        const payment = await store.pay();
        for (let times = 0; times <= FAULTS_TO_OPEN; times += 1) {
          await store.medusa.refundPayment(payment.id, store.amount(99_999n)).catch(() => undefined);
        }
        assert.equal(store.provider.health.state, "closed");
      },
    ),
  ],
};
