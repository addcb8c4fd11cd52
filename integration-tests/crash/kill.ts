import { setTimeout as sleep } from "node:timers/promises";
import {
  payUnseenThroughMedusa,
  payUnseenThroughTender,
  type UnseenPayment,
} from "../../bench/unseen-payments";
import { sendWebhook } from "../support/webhook";
import { ACCOUNT, GATEWAY, LANE } from "./account";
import { shopperOf } from "./shopper";
import type { CrashStage } from "./stage";

/** Longer than a worker keeps an event, or an attempt, after it died. */
const LEASES_OVER_MS = 70_000;
const MOST_PASSES = 6;

/** One kill: the two payments it struck, and when Tender's order was there. */
export type Killed = Readonly<{
  tender: UnseenPayment;
  medusa: UnseenPayment;
  /** Passes of the reconciler until the order was there: 0 when it was placed before the kill. */
  passes: number;
}>;

/**
 * Two payments are approved at the bank, one webhook about each is acknowledged, and the server is killed so many
 * milliseconds later. After the restart the reconciler runs as it would within the next minutes.
 */
export async function killAfterWebhooks(stage: CrashStage, after_ms: number): Promise<Killed> {
  const shopper = shopperOf(stage);
  const [tender, medusa] = await Promise.all([
    payUnseenThroughTender(shopper, `${LANE.providers[0]}:card`),
    payUnseenThroughMedusa(shopper),
  ]);
  const answers = await Promise.all([
    tell(stage, `sandbox_${ACCOUNT}`, tender),
    tell(stage, "core_a", medusa),
  ]);
  if (answers.some(({ status }) => status !== 200)) {
    throw new Error(`The webhooks were answered ${answers.map(({ status }) => status).join(" and ")}.`);
  }
  await sleep(after_ms);
  await stage.kill();
  await stage.restart();
  for (let passes = 0; ; passes += 1) {
    const [order] = await ordersOf(stage, [tender.cart_id]);
    if (order || passes === MOST_PASSES) {
      return { tender, medusa, passes };
    }
    await stage.bringForward(LEASES_OVER_MS);
    await stage.reconcile();
  }
}

/** How many orders each of these carts became; carts without one are left out. */
export function ordersOf(
  stage: CrashStage,
  cart_ids: readonly string[],
): Promise<readonly Readonly<{ cart_id: string; orders: number }>[]> {
  return stage.database.rows(
    `select cart_id, count(*)::int as orders from order_cart
      where cart_id = any($1) and deleted_at is null group by cart_id`,
    [cart_ids],
  );
}

function tell({ url }: CrashStage, provider: string, { reference }: UnseenPayment): Promise<Response> {
  return sendWebhook(
    url,
    { id: `evt_${reference}`, reference },
    { provider, secret: GATEWAY.credentials(ACCOUNT).webhook_secret },
  );
}
