import { randomUUID } from "node:crypto";
import { CORE_ROUTE } from "../../bench/core-route-provider/list";
import type { ShopperOf } from "../../bench/unseen-payments";
import { send, type Answer } from "../faults/system/http";
import { LANE } from "./account";
import type { CrashStage } from "./stage";

/** Shoppers of the store that is alive at the moment. */
export function shopperOf(stage: CrashStage): ShopperOf {
  const post: ShopperOf["post"] = async (path, body) => {
    const headers = { "x-publishable-api-key": stage.store.publishable_key };
    return bodyOf(await send({ method: "POST", url: `${stage.url}${path}`, headers, body }), path);
  };
  return {
    post,
    fillCart: () => fillCart(stage, post),
    referenceOf: async (column, value) => {
      const [row] = await stage.database.rows<{ gateway_reference: string }>(
        `select gateway_reference from tender_payment_attempt where ${column} = $1`,
        [value],
      );
      return row?.gateway_reference ?? "";
    },
    approve: async (reference) => {
      bodyOf(await stage.bank.act(reference, "approve"), "The approval at the bank");
    },
  };
}

/** Lets the store's region take payments through Medusa's own route as well. */
export async function enableCoreRoute({ url, store }: CrashStage): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${store.secret_key}:`).toString("base64")}`;
  const answer = await send({
    method: "POST",
    url: `${url}/admin/regions/${store.region_ids[LANE.index]}`,
    headers: { authorization },
    body: { payment_providers: [...LANE.providers, CORE_ROUTE] },
  });
  bodyOf(answer, "The region");
}

async function fillCart({ store }: CrashStage, post: ShopperOf["post"]): Promise<string> {
  const { cart } = await post("/store/carts", {
    region_id: store.region_ids[LANE.index],
    // Two carts of one new customer, made at the same moment, would be refused.
    email: `${randomUUID()}@example.com`,
    items: [{ variant_id: store.variant_ids[0], quantity: 1 }],
  });
  return cart.id;
}

function bodyOf({ status, body }: Answer, what: string): Answer["body"] {
  if (status < 200 || status >= 300) {
    throw new Error(`${what} was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
  }
  return body;
}
