import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { STEP_FACTOR } from "../../../services/figures/time-steps";

const DUE = "tender_payment_figure_due";
/** Of the lock that lets one at a time add figures up; a number of our own. */
const LOCK = 7_365_001;

/** Hours that one transaction adds up, so that none of them takes long. */
const MOST_HOURS = 100;
/** Regions that are looked up at once. */
const MOST_REGIONS = 500;

/**
 * Brings the figures closer to what the attempts say now: adds up anew the hours in which an attempt has changed since,
 * the latest first, at most so many at once. Leaves it to whoever is at it already, and never waits for them.
 *
 * @returns whether more may be due
 */
export async function refreshFigures(knex: Knex): Promise<boolean> {
  if (!(await isAnythingDue(knex))) {
    return false;
  }
  // Hours that are taken before each of their attempts has its region would be without it for good.
  if ((await fillInRegions(knex)) === MOST_REGIONS) {
    return true;
  }
  return knex.transaction(async (transaction) => {
    const { rows } = await transaction.raw("select pg_try_advisory_xact_lock(?) mine", [LOCK]);
    if (!(rows as { mine: boolean }[])[0]?.mine) {
      return false;
    }
    // An hour is a sliver of the table; Postgres cannot tell from a join, and would read all of it.
    await transaction.raw("set local enable_seqscan = off");
    const hours = await takeDueHours(transaction);
    if (hours.length > 0) {
      await addUpHours(transaction, hours);
      await addUpDays(transaction, hours);
    }
    return hours.length >= MOST_HOURS;
  });
}

async function isAnythingDue(knex: Knex): Promise<boolean> {
  return (await knex(DUE).first(knex.raw("1"))) !== undefined;
}

/**
 * A payment that was begun through Medusa's own routes knows its payment collection only; by now the cart is known. One
 * attempt at a time: whoever pays waits for none of them, and no two are ever locked at once.
 *
 * @returns how many; there may be more where they are as many as are looked up at once
 */
async function fillInRegions(knex: Knex): Promise<number> {
  const { rows } = await knex.raw(
    `select attempt.id, cart.region_id
       from (select distinct payment_collection_id from ${DUE}) due
       join tender_payment_attempt attempt on attempt.payment_collection_id = due.payment_collection_id
       join cart_payment_collection link on link.payment_collection_id = due.payment_collection_id
       join cart on cart.id = link.cart_id
      where attempt.region_id is null and cart.region_id is not null and attempt.deleted_at is null
      limit ?`,
    [MOST_REGIONS],
  );
  const found = rows as { id: string; region_id: string }[];
  for (const { id, region_id } of found) {
    await knex("tender_payment_attempt").where({ id }).whereNull("region_id").update({ region_id });
  }
  return found.length;
}

/** What becomes of one attempt of a cart tells about the others too: their hours are due with it. */
async function takeDueHours(transaction: Knex): Promise<string[]> {
  const { rows } = await transaction.raw(
    `with latest as (select distinct hour from ${DUE} order by hour desc limit ?),
     due as (
       delete from ${DUE} where hour in (select hour from latest) returning payment_collection_id, hour)
     select hour::text from due
      union
     select date_trunc('hour', attempt.created_at, 'UTC')::text
       from (select distinct payment_collection_id from due) cart
       join tender_payment_attempt attempt
         on attempt.payment_collection_id = cart.payment_collection_id and attempt.deleted_at is null`,
    [MOST_HOURS],
  );
  return (rows as { hour: string }[]).map(({ hour }) => hour);
}

async function addUpHours(transaction: Knex, hours: string[]): Promise<void> {
  for (const table of ["tender_payment_figure", "tender_payment_decline_figure"]) {
    await transaction.raw(`delete from ${table} where hour = any(?::timestamptz[])`, [hours]);
  }
  await transaction.raw(
    "delete from tender_payment_time_figure where grain = 'hour' and starts_at = any(?::timestamptz[])",
    [hours],
  );
  await transaction.raw(
    `with facts as materialized (${FACTS}),
     figures as (
       insert into tender_payment_figure
              (hour, provider_id, region_id, currency, attempts, approved, declined, not_reached, approved_minor,
               recovered, recovered_minor)
       select hour, provider_id, region_id, currency, count(*),
              count(*) filter (where result = 'approved'),
              count(*) filter (where result = 'declined'),
              count(*) filter (where result = 'not_reached'),
              coalesce(sum(amount_minor) filter (where result = 'approved'), 0),
              count(*) filter (where recovered),
              coalesce(sum(amount_minor) filter (where recovered), 0)
         from facts group by hour, provider_id, region_id, currency),
     declines as (
       insert into tender_payment_decline_figure
              (hour, provider_id, region_id, currency, category, code, declines)
       select hour, provider_id, region_id, currency, category, code, count(*)
         from facts where result = 'declined' group by hour, provider_id, region_id, currency, category, code),
     times as (
       select hour, provider_id, region_id, currency, ${stepOf("attempt_ms")} step,
              1 attempts, 0 carts
         from facts where result = 'approved'
        union all
       select hour, provider_id, region_id, currency, ${stepOf("cart_ms")}, 0, 1
         from facts where result = 'approved' and order_id is not null)
     insert into tender_payment_time_figure
            (grain, starts_at, provider_id, region_id, currency, step, attempts, carts)
     select 'hour', hour, provider_id, region_id, currency, step, sum(attempts), sum(carts)
       from times group by hour, provider_id, region_id, currency, step`,
    [hours],
  );
}

/** Counts of whole days, for long periods. */
async function addUpDays(transaction: Knex, hours: string[]): Promise<void> {
  const days = "(select distinct date_trunc('day', hour, 'UTC') from unnest(?::timestamptz[]) hour)";
  await transaction.raw(
    `delete from tender_payment_time_figure where grain = 'day' and starts_at in ${days}`,
    [hours],
  );
  await transaction.raw(
    `insert into tender_payment_time_figure
            (grain, starts_at, provider_id, region_id, currency, step, attempts, carts)
     select 'day', day, provider_id, region_id, currency, step, sum(attempts), sum(carts)
       from ${days} due(day)
       join tender_payment_time_figure hourly
         on grain = 'hour' and starts_at >= day and starts_at < day + interval '24 hours'
      group by day, provider_id, region_id, currency, step`,
    [hours],
  );
}

/** `stepOf` of services/figures, in SQL. */
function stepOf(duration_ms: string): string {
  return `floor(ln(greatest(${duration_ms}, 1)) / ln(${STEP_FACTOR}::float8))::int`;
}

/** The provider was not reached, or refused the request as such. */
const NOT_REACHED = `(attempt.status = 'failed' or (attempt.status in ('released', 'canceled') and exists (
  select from tender_payment_operation operation
   where operation.attempt_id = attempt.id and operation.kind = 'authorize' and operation.status = 'failed'
     and operation.error_kind in ('unavailable', 'misconfigured') and operation.deleted_at is null)))`;

/** The cart had been refused before, or a provider had not been reached. */
const AFTER_A_FAILURE = `(attempt.declined_at < attempt.approved_at or exists (
  select from tender_payment_attempt earlier
   where earlier.payment_collection_id = attempt.payment_collection_id and earlier.deleted_at is null
     and earlier.sequence < attempt.sequence and earlier.approved_at is null
     and (earlier.declined_at is not null or earlier.status = 'failed' or earlier.id = attempt.fallback_of)))`;

/** What the figures need of each attempt of the hours. What they mean is written down in docs/admin/payments.md. */
const FACTS = `
  select due.hour, attempt.provider_id, coalesce(attempt.region_id, '') region_id, attempt.currency, attempt.order_id,
         attempt.amount_minor::numeric amount_minor,
         case when attempt.approved_at is not null then 'approved'
              when attempt.declined_at is not null then 'declined'
              when ${NOT_REACHED} then 'not_reached'
              else 'undecided' end result,
         coalesce(attempt.refusal ->> 'category', 'unclassified') category,
         coalesce(attempt.refusal ->> 'code', '') code,
         attempt.approved_at is not null and attempt.order_id is not null and ${AFTER_A_FAILURE} recovered,
         extract(epoch from attempt.approved_at - attempt.created_at)::float8 * 1000 attempt_ms,
         case when attempt.approved_at is not null then
           extract(epoch from attempt.approved_at - coalesce(
             (select min(first.created_at) from tender_payment_attempt first
               where first.payment_collection_id = attempt.payment_collection_id and first.deleted_at is null
                 and attempt.sequence > 1), attempt.created_at))::float8 * 1000 end cart_ms
    from unnest(?::timestamptz[]) due(hour)
    join tender_payment_attempt attempt
      on attempt.created_at >= due.hour and attempt.created_at < due.hour + interval '1 hour'
     and attempt.deleted_at is null`;
