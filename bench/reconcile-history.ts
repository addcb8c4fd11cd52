/** A store's past and what is unfinished in it, written straight into the tables of the tender module. */
import type { Pool } from "pg";

/** The tables a pass of the reconciler takes work from. */
export const OF_TENDER = [
  "tender_payment_attempt",
  "tender_payment_operation",
  "tender_payment_webhook_event",
] as const;

/** Numbers the unfinished attempts, so that each third of them is unfinished in a way of its own. */
const UNFINISHED = `
  with unfinished as (
    select id, provider_id, gateway_reference, row_number() over (order by id) % 3 as third
      from tender_payment_attempt where status = 'action_required'
  )`;

/**
 * Has every unfinished attempt looked at by the next pass: a third because they are due, a third because nobody knows
 * what came of their last call, and a third because a webhook speaks of them.
 */
export async function makeDue(database: Pool): Promise<void> {
  await database.query(`${UNFINISHED}
    update tender_payment_attempt attempt
       set checks = 0, next_check_at = now() + case when third = 0 then interval '-1 second' else interval '1 day' end
      from unfinished where unfinished.id = attempt.id`);
  await database.query(`${UNFINISHED}
    update tender_payment_operation operation
       set status = 'unknown', finished_at = null, checks = 0, next_check_at = now() - interval '1 second'
      from unfinished
     where unfinished.id = operation.attempt_id and third = 1 and operation.kind = 'authorize'`);
  await database.query(`${UNFINISHED}
    insert into tender_payment_webhook_event
           (id, provider_id, event_id, type, reference, payload, status, tries, next_try_at)
    select 'payevt_due_' || id, provider_id, 'evt_due_' || id, 'payment.updated', gateway_reference, '{}',
           'received', 0, now() - interval '1 second'
      from unfinished where third = 2
    on conflict (id) do update
       set status = 'received', tries = 0, finished_at = null, next_try_at = excluded.next_try_at`);
}

/**
 * So many attempts that came to an end within the last year: seven of ten captured, with an order, the others declined
 * or canceled. Of those with an order half wait for a look of aftercare, weeks from now. Each has its calls and its
 * webhook.
 */
export async function fillHistory(database: Pool, attempts: number): Promise<void> {
  await database.query(
    `insert into tender_payment_attempt
            (id, sequence, payment_collection_id, payment_session_id, cart_id, order_id, provider_id, method,
             amount_minor, currency, status, gateway_reference, decline, client, finished_at, next_check_at, checks,
             created_at, updated_at)
     select 'payatt_past_' || n, 1, 'pay_col_past_' || n, 'payses_past_' || n, 'cart_past_' || n,
            case when n % 10 < 7 then 'order_past_' || n end, 'pp_sandbox_a', 'card',
            (1000 + n % 90000)::text, 'EUR',
            case when n % 10 < 7 then 'captured' when n % 10 < 9 then 'declined' else 'canceled' end,
            'sbx_pay_past_' || n,
            case when n % 10 in (7, 8) then '{"category": "funds_limit", "code": "insufficient_funds"}'::jsonb end,
            '{"form": "card_fields", "test_mode": true}'::jsonb,
            now() - n * interval '5 minutes',
            case when n % 10 < 7 and n % 2 = 0 then now() + (7 + n % 23) * interval '1 day' end, 1,
            now() - n * interval '5 minutes', now() - n * interval '5 minutes'
       from generate_series(1, $1::int) n`,
    [attempts],
  );
  await database.query(`
    insert into tender_payment_operation
           (id, attempt_id, kind, amount_minor, currency, idempotency_key, status, gateway_reference, started_at,
            finished_at, created_at, updated_at)
    select 'payop_past_' || kind || '_' || attempt.id, attempt.id, kind, amount_minor, currency,
           attempt.id || ':' || kind,
           case when kind = 'authorize' and attempt.status = 'declined' then 'declined' else 'succeeded' end,
           gateway_reference, finished_at, finished_at, finished_at, finished_at
      from tender_payment_attempt attempt, unnest(array['create', 'authorize', 'capture']) kind
     where attempt.id like 'payatt_past_%' and (kind <> 'capture' or attempt.status = 'captured')`);
  await database.query(`
    insert into tender_payment_webhook_event
           (id, provider_id, event_id, type, reference, payload, status, tries, finished_at, created_at, updated_at)
    select 'payevt_past_' || id, provider_id, 'evt_past_' || id, 'payment.' || status, gateway_reference,
           json_build_object('id', 'evt_past_' || id, 'padding', repeat('x', 500))::text, 'done', 1, finished_at,
           finished_at, finished_at
      from tender_payment_attempt where id like 'payatt_past_%'`);
}
