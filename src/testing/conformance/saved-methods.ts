import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { assertMoved, assertUnpaid } from "./expect";
import { promiseIf, type ConformanceTheme, type GatewayFacts } from "./promise";
import type { Shop } from "./shop";

const saves = ({ claims }: GatewayFacts): boolean => claims.saved_methods;
const paysWithSaved = ({ claims, samples }: GatewayFacts): boolean =>
  claims.saved_methods && samples.save_method !== undefined && samples.pay_with_saved !== undefined;

/** Cards kept for next time belong to one customer. */
export const savedMethods: ConformanceTheme = {
  title: "saved methods",
  promises: [
    promiseIf(
      ({ claims }) => !claims.saved_methods,
      "offers Medusa no saved methods, which it does not keep",
      async ({ shop }) => {
        const { provider } = shop();
        assert.equal(provider.listPaymentMethods, undefined);
        assert.equal(provider.gateway.saved_methods, undefined);
      },
    ),
    promiseIf(saves, "a new customer has no saved methods", async ({ shop }) => {
      const store = shop();
      assert.deepEqual(await listed(store, await customerAt(store)), []);
    }),
    promiseIf(
      saves,
      "a customer asked for twice is one account holder (medusajs/medusa#15618)",
      async ({ shop }) => {
        const store = shop();
        const id = `cus_${randomUUID()}`;
        assert.deepEqual(await customerAt(store, id), await customerAt(store, id));
      },
    ),
    promiseIf(saves, "forgetting a method that is gone already is no error", async ({ shop }) => {
      const store = shop();
      const account_holder = await customerAt(store);
      const data = { id: "no_such_method" };
      await store.provider.deletePaymentMethod?.({ data, context: { account_holder } });
    }),
    promiseIf(
      paysWithSaved,
      "a card that was saved pays again, until it is forgotten",
      async ({ samples, shop }) => {
        const store = shop();
        const context = {
          account_holder: await customerAt(store),
          customer: { id: "cus_any", email: "any@example.com" },
        };
        await store.pay({ context }, samples.save_method);
        const [saved] = await listed(store, context.account_holder);
        assert.ok(saved && samples.pay_with_saved, "the saved card must be listed");
        const payment = await store.pay({ context }, samples.pay_with_saved(saved.id));
        assertMoved(await store.row(payment), { authorized_minor: 10_000n });
        await store.provider.deletePaymentMethod?.({ data: { id: saved.id }, context });
        assert.deepEqual(await listed(store, context.account_holder), []);
      },
    ),
    promiseIf(
      paysWithSaved,
      "what was saved is listed under a method that says it saves, or nobody would be asked",
      async ({ samples, shop }) => {
        const store = shop();
        const context = {
          account_holder: await customerAt(store),
          customer: { id: "cus_asked", email: "asked@example.com" },
        };
        await store.pay({ context }, samples.save_method);
        const [saved] = await listed(store, context.account_holder);
        const method = store.gateway.capabilities.methods.find(({ id }) => id === saved?.data?.["method"]);
        assert.equal(method?.saves, true, `${String(saved?.data?.["method"])} must say that it saves`);
      },
    ),
    promiseIf(paysWithSaved, "a card another customer saved cannot be charged", async ({ samples, shop }) => {
      const store = shop();
      const owner = {
        account_holder: await customerAt(store),
        customer: { id: "cus_owner", email: "owner@example.com" },
      };
      await store.pay({ context: owner }, samples.save_method);
      const [saved] = await listed(store, owner.account_holder);
      assert.ok(saved && samples.pay_with_saved);
      const thief = {
        account_holder: await customerAt(store),
        customer: { id: "cus_thief", email: "thief@example.com" },
      };
      for (const context of [thief, undefined]) {
        const session = await store.open({ context });
        await store.confirm(session, samples.pay_with_saved(saved.id)).catch(() => undefined);
        assertUnpaid(await store.row(session));
      }
    }),
  ],
};

type AccountHolder = { data: Record<string, unknown> };

async function customerAt(store: Shop, id = `cus_${randomUUID()}`): Promise<AccountHolder> {
  const made = await store.provider.createAccountHolder?.({
    context: { customer: { id, email: `${id}@example.com` }, idempotency_key: id },
  });
  assert.ok(made?.data, "a gateway that saves methods must keep customers");
  return { data: made.data };
}

async function listed(
  store: Shop,
  account_holder: AccountHolder,
): Promise<{ id: string; data?: Record<string, unknown> }[]> {
  return (await store.provider.listPaymentMethods?.({ context: { account_holder } })) ?? [];
}
