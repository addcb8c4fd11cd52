import { model } from "@medusajs/framework/utils";

/** One try to pay one cart with one option. It outlives Medusa's payment session, which Medusa deletes. */
export const TenderPaymentAttempt = model
  .define("tender_payment_attempt", {
    id: model.id({ prefix: "payatt" }).primaryKey(),
    sequence: model.number(),
    payment_collection_id: model.text().nullable(),
    payment_session_id: model.text().nullable(),
    cart_id: model.text().nullable(),
    order_id: model.text().nullable(),
    customer_id: model.text().nullable(),
    /** The cart's region. */
    region_id: model.text().nullable(),
    provider_id: model.text(),
    method: model.text(),
    /** Minor units as digits: money is never a float. */
    amount_minor: model.text(),
    currency: model.text(),
    status: model.text(),
    gateway_reference: model.text().nullable(),
    next_action: model.json().nullable(),
    decline: model.json().nullable(),
    recovery: model.text().nullable(),
    recovery_rule_id: model.text().nullable(),
    fallback_of: model.text().nullable(),
    instrument: model.json().nullable(),
    client: model.json(),
    /** The shopper's Idempotency-Key. */
    request_key: model.text().nullable(),
    authorization_expires_at: model.dateTime().nullable(),
    claimed_by: model.text().nullable(),
    claimed_until: model.dateTime().nullable(),
    /** Who puts on record what its gateway moved, and until when nobody else does. */
    mirrored_by: model.text().nullable(),
    mirrored_until: model.dateTime().nullable(),
    finished_at: model.dateTime().nullable(),
    /** When the reconciler looks at it again; null when nothing is to be expected. */
    next_check_at: model.dateTime().nullable(),
    /** How often it has looked since the last change. */
    checks: model.number().default(0),
    /** When it was first authorized or captured; what happens to the money afterwards leaves it. */
    approved_at: model.dateTime().nullable(),
    /** When it was first refused. */
    declined_at: model.dateTime().nullable(),
    /** Its latest refusal, also once it was approved with another card. */
    refusal: model.json().nullable(),
  })
  .indexes([
    { on: ["payment_collection_id", "sequence"] },
    { on: ["payment_session_id"] },
    { on: ["order_id"] },
    { on: ["status", "updated_at"] },
    { on: ["next_check_at"], where: "next_check_at IS NOT NULL" },
    { on: ["cart_id", "request_key"], unique: true, where: "request_key IS NOT NULL" },
    { on: ["provider_id", "gateway_reference"], unique: true, where: "gateway_reference IS NOT NULL" },
    {
      name: "IDX_tender_payment_attempt_one_open",
      on: ["payment_collection_id"],
      unique: true,
      where: "status IN ('created', 'ready', 'action_required')",
    },
  ]);
