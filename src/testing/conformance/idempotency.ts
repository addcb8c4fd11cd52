import assert from "node:assert/strict";
import { assertMoved } from "./expect";
import { capturesManually, promise, promiseIf, type ConformanceTheme } from "./promise";

/** The same key is the same call, however often it arrives. */
export const idempotency: ConformanceTheme = {
  title: "idempotency",
  promises: [
    promise("making a payment twice under one key makes one payment", async ({ service, shop }) => {
      const store = shop();
      const input = { method: store.method, amount: store.amount(), attempt_id: "payatt_once", data: {} };
      const call = store.call();
      const { snapshot: first } = await store.gateway.createPayment(input, call);
      const before = (await service.ledger()).length;
      const { snapshot: second } = await store.gateway.createPayment(input, call);
      assert.equal(second.reference, first.reference);
      assert.equal((await service.ledger()).length, before);
    }),
    promise("authorizing twice under one key reserves once", async ({ samples, shop }) => {
      const store = shop();
      const { reference } = await store.create();
      await samples.approve.before?.(reference);
      const input = { method: store.method, amount: store.amount(), data: samples.approve.data };
      const call = store.call();
      const outcomes = [
        await store.gateway.confirmPayment(reference, input, call),
        await store.gateway.confirmPayment(reference, input, call),
      ];
      assert.deepEqual(
        outcomes.map(({ type }) => type),
        ["approved", "approved"],
      );
      assertMoved(await store.rowOf(reference), { authorized_minor: 10_000n });
    }),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.partial_capture,
      "capturing twice under one key takes once",
      async ({ shop }) => {
        const store = shop();
        const { reference } = await store.authorize();
        const call = store.call();
        await store.gateway.capturePayment(reference, store.amount(2_000n), call);
        await store.gateway.capturePayment(reference, store.amount(2_000n), call);
        assertMoved(await store.rowOf(reference), { captured_minor: 2_000n });
      },
    ),
    promiseIf(
      ({ claims }) => claims.partial_refund,
      "refunding twice under one key gives back once",
      async ({ claims, shop }) => {
        const [capture] = claims.capture;
        const store = shop({ capture });
        const { reference } = await store.authorize();
        if (capture === "manual") {
          await store.gateway.capturePayment(reference, store.amount(), store.call());
        }
        const call = store.call();
        await store.gateway.refundPayment(reference, store.amount(2_000n), call);
        await store.gateway.refundPayment(reference, store.amount(2_000n), call);
        assertMoved(await store.rowOf(reference), { refunded_minor: 2_000n });
      },
    ),
    promiseIf(
      ({ claims }) => claims.void,
      "voiding twice, under one key and under another, is a success each time",
      async ({ shop }) => {
        const store = shop();
        const { reference } = await store.create();
        const call = store.call();
        await store.gateway.cancelPayment(reference, call);
        await store.gateway.cancelPayment(reference, call);
        const { status } = await store.gateway.cancelPayment(reference, store.call());
        assert.equal(status, "canceled");
      },
    ),
    promise("a capture Medusa has on record already is not made again", async ({ claims, shop }) => {
      const [capture] = claims.capture;
      const store = shop({ capture });
      const payment = await store.pay();
      await store.medusa.capturePayment(payment.id);
      const [row] = [...store.medusa.captures.keys()];
      await store.provider.capturePayment({ data: payment.data, context: { idempotency_key: row } });
      assertMoved(await store.row(payment), { captured_minor: 10_000n });
    }),
    promise("a refund repeated under Medusa's same id gives back once", async ({ claims, shop }) => {
      const [capture] = claims.capture;
      const store = shop({ capture });
      const payment = await store.pay();
      await store.medusa.capturePayment(payment.id);
      const repeat = { data: payment.data, amount: "100.00", context: { idempotency_key: "ref_the_same" } };
      await store.provider.refundPayment(repeat);
      await store.provider.refundPayment(repeat);
      assertMoved(await store.row(payment), { refunded_minor: 10_000n });
    }),
  ],
};
