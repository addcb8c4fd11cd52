import assert from "node:assert/strict";
import { DECLINE_CATEGORIES, type DeclineCategory } from "../../gateway";
import type { Sample } from "../harness";
import { assertMoved, assertUnpaid, rejection } from "./expect";
import {
  promise,
  promiseIf,
  type ConformanceContext,
  type ConformancePromise,
  type ConformanceTheme,
} from "./promise";

/** Refusals: told with their reason, never taken for success, never a dead end. */
export const declines: ConformanceTheme = {
  title: "declines",
  promises: [
    ...DECLINE_CATEGORIES.map(refusesAs),
    promise("the gateway answers a refusal as a value, not as an exception", async ({ samples, shop }) => {
      const store = shop();
      const sample = someDecline(samples);
      const { reference } = await store.create();
      await sample.before?.(reference);
      const input = { method: store.method, amount: store.amount(), data: sample.data };
      const outcome = await store.gateway.confirmPayment(reference, input, store.call());
      assert.equal(outcome.type, "declined");
      assertUnpaid(await store.rowOf(reference));
    }),
    promise(
      "a repeated authorization of a refused payment throws again and charges nothing",
      async ({ samples, shop }) => {
        const store = shop();
        const session = await store.open();
        await store.confirm(session, someDecline(samples));
        for (let times = 0; times < 2; times += 1) {
          await rejection(store.medusa.authorizePaymentSession(session.id), "authorizing a refused payment");
        }
        assertUnpaid(await store.row(session));
      },
    ),
    promise(
      "a shopper who was refused pays with a new session of the same cart (medusajs/medusa#12481)",
      async (context) => {
        const store = context.shop();
        const payment_collection_id = "pay_col_refused_once";
        const refused = await store.open({ payment_collection_id });
        await store.confirm(refused, someDecline(context.samples));
        await rejection(store.medusa.authorizePaymentSession(refused.id), "authorizing a refused payment");
        const former = await store.row(refused);
        const payment = await store.pay({ payment_collection_id });
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
        if ((await store.row(payment)).reference !== former.reference) {
          assertUnpaid(await store.rowOf(former.reference));
        }
      },
    ),
    promiseIf(
      ({ samples }) => samples.other_method !== undefined,
      "a shopper who was refused pays with another method of the same gateway (medusajs/medusa#12526)",
      async ({ samples, shop }) => {
        const store = shop();
        const payment_collection_id = "pay_col_other_method";
        await store.confirm(await store.open({ payment_collection_id }), someDecline(samples));
        assert.ok(samples.other_method);
        const { method } = samples.other_method;
        const payment = await store.pay({ payment_collection_id, method }, samples.other_method);
        assert.equal((await store.attempt(payment)).method, method);
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
      },
    ),
  ],
};

/** Any refusal of the harness's samples. */
export function someDecline(samples: ConformanceContext["samples"]): Sample {
  const sample = samples.declines.funds_limit ?? Object.values(samples.declines)[0];
  assert.ok(sample, "the harness needs at least one sample of a refusal");
  return sample;
}

/** Medusa is told by a throw: a returned status `error` blocks the session for good and loses the code (#12399, #13750). */
function refusesAs(category: DeclineCategory): ConformancePromise {
  return promiseIf(
    ({ samples }) => samples.declines[category] !== undefined,
    `a refusal of the kind "${category}" is told with its code, thrown to Medusa and charges nothing`,
    async ({ samples, shop }) => {
      const sample = samples.declines[category];
      assert.ok(sample);
      const store = shop();
      const session = await store.open();
      const attempt = await store.confirm(session, sample);
      assert.equal(attempt.status, "declined");
      assert.deepEqual(
        { category: attempt.decline?.category, code: attempt.decline?.code },
        { category, code: sample.code },
      );
      const error = await rejection(
        store.medusa.authorizePaymentSession(session.id),
        "authorizing a refused payment",
      );
      assert.equal(
        "type" in error && error.type,
        "payment_authorization_error",
        "Medusa must see an authorization error",
      );
      assert.equal("code" in error && error.code, sample.code, "Medusa must see the code of the refusal");
      assert.equal(store.medusa.sessions.get(session.id)?.status, "pending", "the session must stay usable");
      assertUnpaid(await store.row(session));
      const known = store.gateway.known_declines?.filter(({ code }) => code === sample.code);
      if (known && category !== "unclassified") {
        assert.deepEqual(
          known.map((row) => row.category),
          [category],
          "known_declines must tell a code once, as a refusal with it is told",
        );
      }
    },
  );
}
