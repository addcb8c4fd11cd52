/** What the invariants read from the store's database. `$1` is the cart's id unless a comment says otherwise. */

const COLLECTIONS_OF_CART = `
  select payment_collection_id from cart_payment_collection where cart_id = $1 and deleted_at is null
  union
  select collection.payment_collection_id from order_payment_collection collection
    join order_cart on order_cart.order_id = collection.order_id
   where order_cart.cart_id = $1 and collection.deleted_at is null`;

/** Attempts through Medusa's own routes may know their collection only. */
export const ATTEMPTS = `
  select id, provider_id, status, amount_minor, gateway_reference, payment_session_id, order_id
    from tender_payment_attempt
   where deleted_at is null and (cart_id = $1 or payment_collection_id in (${COLLECTIONS_OF_CART}))
   order by created_at`;

/** `$1`: attempt ids. */
export const OPERATIONS = `
  select id, attempt_id, kind, status, amount_minor, idempotency_key, source_id, started_at
    from tender_payment_operation where deleted_at is null and attempt_id = any($1) order by started_at`;

/** `$1`: attempt ids. */
export const FINDINGS = `
  select kind, attempt_id, status, detail from tender_payment_finding
   where deleted_at is null and attempt_id = any($1) order by created_at`;

export const ORDERS = `
  select "order".id, "order".canceled_at is not null as canceled,
         (select totals ->> 'original_order_total' from order_summary summary
           where summary.order_id = "order".id and summary.deleted_at is null order by version limit 1) as total
    from order_cart join "order" on "order".id = order_cart.order_id
   where order_cart.cart_id = $1 and order_cart.deleted_at is null and "order".deleted_at is null`;

export const MEDUSA_PAYMENTS = `
  select payment.id, payment.payment_session_id, payment.amount, payment.canceled_at is not null as canceled,
         coalesce((select sum(amount) from capture where payment_id = payment.id and deleted_at is null), 0) as captured,
         coalesce((select sum(amount) from refund where payment_id = payment.id and deleted_at is null), 0) as refunded
    from payment where deleted_at is null and payment_collection_id in (${COLLECTIONS_OF_CART})`;

/** `$1`: provider ids; `$2`: those that came until then. */
export const UNFINISHED_EVENTS = `
  select event_id, type, reference, status, tries, error, created_at, next_try_at from tender_payment_webhook_event
   where deleted_at is null and provider_id = any($1) and created_at < $2 and status not in ('done', 'dead')`;

/** `$1`: provider ids. */
export const REPEATED_EVENTS = `
  select event_id, count(*)::int as rows from tender_payment_webhook_event
   where deleted_at is null and provider_id = any($1) group by provider_id, event_id having count(*) > 1`;

/** `$1`: attempt ids. */
export const CHANGES = `
  select attempt_id, from_status, to_status, ousted from faults_attempt_change where attempt_id = any($1)`;

/** `$1`: event ids. */
export const FORGED_EVENTS = `select event_id from tender_payment_webhook_event where event_id = any($1)`;
