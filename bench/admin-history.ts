/** A year of attempts of a large store, written straight into the tables of the tender module. */
import type { Pool } from "pg";

/**
 * So many attempts over the last year, with their calls. Of ten, one is refused and its cart paid by the next; of the
 * others some are refused for good, a few meet a provider that is down, stay unknown or are left.
 */
export async function fillYear(database: Pool, attempts: number): Promise<void> {
  await database.query(
    `insert into tender_payment_attempt
            (id, sequence, payment_collection_id, payment_session_id, cart_id, order_id, region_id, provider_id, method,
             amount_minor, currency, status, gateway_reference, decline, refusal, client, approved_at, declined_at,
             finished_at, created_at, updated_at)
     select 'payatt_year_' || n, case when n % 10 = 1 then 2 else 1 end,
            'pay_col_year_' || cart, 'payses_year_' || n, 'cart_year_' || cart,
            case when result = 'approved' then 'order_year_' || cart end,
            'reg_' || dice % 4, case when dice < 60 then 'pp_sandbox_a' when dice < 95 then 'pp_sandbox_b' else 'pp_other' end,
            case when dice % 5 = 0 then 'paypal' else 'card' end,
            (500 + (n * 7919::bigint) % 90000)::text, case when dice % 4 = 3 then 'USD' else 'EUR' end,
            case result when 'approved' then 'captured' when 'declined' then 'canceled' when 'not_reached' then 'failed'
                        else result end,
            'sbx_pay_year_' || n, decline, decline, '{"form": "card_fields"}'::jsonb,
            case when result = 'approved' then begun_at + (3 + dice * dice / 40) * interval '1 second' end,
            case when result = 'declined' then begun_at + interval '3 seconds' end,
            begun_at + interval '5 seconds', begun_at, begun_at + interval '5 seconds'
       from (select n, n - case when n % 10 = 1 then 1 else 0 end cart, (n * 31337::bigint) % 100 dice,
                    now() - ($1::int - n) * (interval '365 days' / $1::int) as begun_at,
                    case when n % 10 = 0 then 'declined' when n % 10 = 1 then 'approved'
                         when (n * 31337::bigint) % 100 < 6 then 'declined' when (n * 31337::bigint) % 100 < 8 then 'not_reached'
                         when n % 9973 = 0 then 'unknown' when (n * 31337::bigint) % 100 < 14 then 'canceled'
                         else 'approved' end result
               from generate_series(1, $1::int) n) year,
            lateral (select case when result = 'declined' then
                       json_build_object('category', (array['funds_limit', 'issuer_generic', 'risk', 'fix_data'])[1 + n % 4],
                                         'code', 'code_' || dice % 12)::jsonb end decline) why`,
    [attempts],
  );
  await database.query(`
    insert into tender_payment_operation
           (id, attempt_id, kind, amount_minor, currency, idempotency_key, status, gateway_reference, started_at,
            finished_at, created_at, updated_at)
    select 'payop_year_' || kind || '_' || attempt.id, attempt.id, kind, amount_minor, currency,
           attempt.id || ':' || kind,
           case when kind = 'authorize' and refusal is not null then 'declined' else 'succeeded' end,
           gateway_reference, created_at, finished_at, created_at, created_at
      from tender_payment_attempt attempt, unnest(array['create', 'authorize']) kind
     where attempt.id like 'payatt_year_%'`);
}

/** Milliseconds it takes to write down so many attempts one by one, each opened, ready and approved. */
export async function writeAttempts(database: Pool, count: number, name: string): Promise<number> {
  const started_at = performance.now();
  await database.query(`do $$ begin
    for n in 1..${count} loop
      insert into tender_payment_attempt
             (id, sequence, payment_collection_id, provider_id, method, amount_minor, currency, status, client)
      values ('payatt_${name}_' || n, 1, 'pay_col_${name}_' || n, 'pp_sandbox_a', 'card', '1000', 'EUR', 'created', '{}');
      update tender_payment_attempt set status = 'ready', gateway_reference = 'sbx_${name}_' || n, updated_at = clock_timestamp()
       where id = 'payatt_${name}_' || n;
      update tender_payment_attempt set status = 'authorized', approved_at = clock_timestamp(), updated_at = clock_timestamp()
       where id = 'payatt_${name}_' || n;
    end loop;
  end $$`);
  const taken_ms = performance.now() - started_at;
  await database.query(`delete from tender_payment_attempt where id like 'payatt_${name}_%'`);
  return taken_ms;
}
