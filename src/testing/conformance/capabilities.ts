import assert from "node:assert/strict";
import { money } from "../../gateway";
import { assertMoved, assertUnpaid, rejection, rejectsAs } from "./expect";
import { capturesManually, promise, promiseIf, type ConformanceTheme } from "./promise";

/** What a gateway says of itself is how it behaves. */
export const capabilities: ConformanceTheme = {
  title: "capabilities",
  promises: [
    promise("declares exactly what it is meant to be able to do", async ({ claims, shop }) => {
      for (const capture of claims.capture) {
        const declared = shop({ capture }).gateway.capabilities;
        const {
          methods,
          currencies,
          partial_capture,
          multiple_capture,
          partial_refund,
          saved_methods,
          update_amount,
          hand_over,
        } = declared;
        assert.equal(declared.capture, capture);
        assert.deepEqual(
          methods.map(({ id }) => id),
          claims.methods,
        );
        assert.deepEqual(currencies, claims.currencies);
        assert.deepEqual(
          {
            partial_capture,
            multiple_capture,
            partial_refund,
            void: declared.void,
            saved_methods,
            update_amount,
            hand_over,
          },
          {
            partial_capture: claims.partial_capture,
            multiple_capture: claims.multiple_capture,
            partial_refund: claims.partial_refund,
            void: claims.void,
            saved_methods: claims.saved_methods,
            update_amount: claims.update_amount,
            hand_over: claims.hand_over,
          },
        );
      }
    }),
    promise("names itself as Medusa does: pp_<identifier>_<id>", async ({ shop }) => {
      const { provider } = shop();
      const { identifier } = provider.constructor as unknown as { identifier: string };
      assert.match(identifier, /^[a-z0-9-]+$/);
      assert.ok(
        provider.provider_id === `pp_${identifier}` || provider.provider_id.startsWith(`pp_${identifier}_`),
      );
    }),
    promise("answers a ping when the service is there", async ({ shop }) => {
      await shop().gateway.ping(AbortSignal.timeout(5_000));
    }),
    promise("fails a ping when the service is not there", async ({ service, shop }) => {
      const { gateway } = shop();
      await service.fault({ operation: "*", fault: "refuse" });
      await rejectsAs(gateway.ping(AbortSignal.timeout(5_000)), ["unavailable"], "a ping without a service");
    }),
    promise("opens a session for every method it offers", async ({ shop }) => {
      const store = shop();
      for (const { id } of store.gateway.capabilities.methods) {
        const attempt = await store.attempt(await store.open({ method: id }));
        assert.equal(attempt.method, id);
        assert.ok(JSON.stringify(store.gateway.clientConfig(id)).startsWith("{"));
      }
    }),
    promise("refuses a method it does not have before anything is made", async ({ service, shop }) => {
      const store = shop();
      const before = (await service.ledger()).length;
      await rejectsAs(store.open({ method: "no_such_method" }), ["invalid_data"], "an unknown method");
      assert.equal((await service.ledger()).length, before);
    }),
    promiseIf(
      ({ claims }) => claims.currencies !== "all" && !claims.currencies.includes("XTS"),
      "refuses a currency it does not list before anything is made, so that another provider may be tried",
      async ({ service, shop }) => {
        const before = (await service.ledger()).length;
        await rejectsAs(
          shop().open({ amount: money(100n, "XTS") }),
          ["unavailable"],
          "a currency that is not listed",
        );
        assert.equal((await service.ledger()).length, before);
      },
    ),
    promise(
      "refuses amounts outside its declared limits before anything is made",
      async ({ service, shop }) => {
        const store = shop();
        const before = (await service.ledger()).length;
        for (const [currency, { min_minor, max_minor }] of Object.entries(
          store.gateway.capabilities.limits ?? {},
        )) {
          for (const outside of [min_minor && min_minor - 1n, max_minor && max_minor + 1n]) {
            if (outside !== undefined && outside > 0n) {
              await rejectsAs(
                store.open({ amount: money(outside, currency) }),
                ["unavailable"],
                `${outside} ${currency}`,
              );
            }
          }
        }
        assert.equal((await service.ledger()).length, before);
      },
    ),
    promise("moves no money when a payment is made", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      assert.equal(session.status, "pending");
      assertUnpaid(await store.row(session));
    }),
    promise("leaves its attempt's id at the service, so that money can be traced back", async ({ shop }) => {
      const store = shop();
      const session = await store.open();
      const { id } = await store.attempt(session);
      assert.ok(
        Object.values((await store.row(session)).metadata).includes(id),
        "the ledger's metadata must name the attempt",
      );
    }),
    promiseIf(
      (facts) => capturesManually(facts) && !facts.claims.partial_capture,
      "refuses a partial capture, which it does not offer, and takes nothing",
      async ({ shop }) => {
        const store = shop();
        const { reference } = await store.authorize();
        await rejection(
          store.gateway.capturePayment(reference, store.amount(1n), store.call()),
          "a partial capture",
        );
        assertMoved(await store.rowOf(reference), { captured_minor: 0n });
      },
    ),
    promiseIf(
      (facts) => capturesManually(facts) && facts.claims.partial_capture && !facts.claims.multiple_capture,
      "refuses a second capture, which it does not offer, and takes nothing more",
      async ({ shop }) => {
        const store = shop();
        const { reference } = await store.authorize();
        await store.gateway.capturePayment(reference, store.amount(10n), store.call());
        await rejection(
          store.gateway.capturePayment(reference, store.amount(10n), store.call()),
          "a second capture",
        );
        assertMoved(await store.rowOf(reference), { captured_minor: 10n });
      },
    ),
    promiseIf(
      ({ claims }) => !claims.partial_refund,
      "refuses a partial refund, which it does not offer, and gives nothing back",
      async ({ claims, shop }) => {
        const automatic = claims.capture.includes("automatic");
        const store = shop({ capture: automatic ? "automatic" : "manual" });
        const payment = await store.pay();
        if (!automatic) {
          await store.medusa.capturePayment(payment.id);
        }
        await rejection(store.medusa.refundPayment(payment.id, store.amount(1n)), "a partial refund");
        assertMoved(await store.row(payment), { refunded_minor: 0n });
      },
    ),
    promiseIf(
      ({ claims }) => !claims.update_amount,
      "refuses to change an amount in place, which it does not offer, so that a new payment is made",
      async ({ shop }) => {
        const store = shop();
        const session = await store.open();
        await rejectsAs(
          store.medusa.updatePaymentSession(session.id, store.amount(1n)),
          ["unavailable"],
          "an update",
        );
      },
    ),
  ],
};
