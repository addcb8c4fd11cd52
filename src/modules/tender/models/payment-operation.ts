import { model } from "@medusajs/framework/utils";

/** One call to a gateway, written down before it is made. */
export const TenderPaymentOperation = model
  .define("tender_payment_operation", {
    id: model.id({ prefix: "payop" }).primaryKey(),
    attempt_id: model.text(),
    kind: model.text(),
    amount_minor: model.text().nullable(),
    currency: model.text().nullable(),
    idempotency_key: model.text().unique(),
    status: model.text(),
    tries: model.number().default(1),
    gateway_reference: model.text().nullable(),
    /** What the call was made for: Medusa's id of a capture or refund; `payer_away` of an authorization. */
    source_id: model.text().nullable(),
    error_kind: model.text().nullable(),
    error_message: model.text().nullable(),
    started_at: model.dateTime(),
    finished_at: model.dateTime().nullable(),
    /** When the reconciler asks what became of it; null once that is known. */
    next_check_at: model.dateTime().nullable(),
    checks: model.number().default(0),
  })
  .indexes([{ on: ["attempt_id", "kind"] }, { on: ["next_check_at"], where: "next_check_at IS NOT NULL" }]);
