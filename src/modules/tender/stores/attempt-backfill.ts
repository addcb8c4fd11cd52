import { setTimeout as pause } from "node:timers/promises";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const LEFT = "tender_payment_history_left";
/** Attempts that one transaction fills in. */
const BATCH = 500;
const LOCK_NOT_AVAILABLE = "55P03";
/** A payment is done with its attempt soon: one must not cost the whole history an hour. */
const MOST_TRIES = 5;
const TRY_AGAIN_AFTER_MS = 500;

/**
 * Fills in what the next attempts from before an upgrade lack: their region, and when they were first approved and
 * refused; their hours are noted to be added up. Whoever comes later goes on where this one ended. Somebody who pays
 * with one of them goes first: it is tried again a few times, and then left for the next call.
 *
 * @returns whether there is more to do now
 */
export async function fillInHistory(knex: Knex): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await knex.transaction(fillInBatch);
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) {
        throw error;
      }
    }
    if (tries === MOST_TRIES) {
      return false;
    }
    await pause(TRY_AGAIN_AFTER_MS);
  }
}

async function fillInBatch(transaction: Knex.Transaction): Promise<boolean> {
  // Less than what PostgreSQL waits before it looks for deadlocks: it is never the payment that is given up.
  await transaction.raw("set local lock_timeout = '300ms'");
  const left: { after_id: string } | undefined = await transaction(LEFT).first().forUpdate().skipLocked();
  if (!left) {
    return false;
  }
  const ids: string[] = await transaction("tender_payment_attempt")
    .where("id", ">", left.after_id)
    .orderBy("id")
    .limit(BATCH)
    .pluck("id");
  await transaction.raw(FILL_IN, [ids]);
  const last = ids.at(-1);
  await (last === undefined ? transaction(LEFT).delete() : transaction(LEFT).update({ after_id: last }));
  return last !== undefined;
}

const FILL_IN = `
  with filled as (
    update tender_payment_attempt attempt
       set region_id = coalesce(attempt.region_id,
             (select cart.region_id from cart_payment_collection link join cart on cart.id = link.cart_id
               where link.payment_collection_id = attempt.payment_collection_id and cart.region_id is not null limit 1),
             (select cart.region_id from cart where cart.id = attempt.cart_id)),
           approved_at = coalesce(attempt.approved_at, case
             when attempt.status in ('authorized', 'captured')
               or (attempt.status in ('released', 'canceled', 'unknown')
                 and (attempt.order_id is not null or exists (
                   select from tender_payment_operation
                    where attempt_id = attempt.id and kind in ('capture', 'refund') and status = 'succeeded')))
             then coalesce(
               (select min(finished_at) from tender_payment_operation
                 where attempt_id = attempt.id and kind = 'authorize' and status = 'succeeded'),
               attempt.updated_at) end),
           declined_at = coalesce(attempt.declined_at, case
             when attempt.decline is not null or attempt.status = 'declined' or exists (
               select from tender_payment_operation
                where attempt_id = attempt.id and kind = 'authorize' and status = 'declined')
             then coalesce(
               (select min(finished_at) from tender_payment_operation
                 where attempt_id = attempt.id and kind = 'authorize' and status = 'declined'),
               attempt.updated_at) end),
           refusal = coalesce(attempt.refusal, attempt.decline)
     where attempt.id = any(?)
    returning attempt.created_at)
  insert into tender_payment_figure_due (hour)
  select distinct date_trunc('hour', created_at, 'UTC') from filled`;
