import { model } from "@medusajs/framework/utils";

/** A webhook as received: stored before it is acknowledged, worked afterwards. */
export const TenderPaymentWebhookEvent = model
  .define("tender_payment_webhook_event", {
    id: model.id({ prefix: "payevt" }).primaryKey(),
    provider_id: model.text(),
    event_id: model.text(),
    type: model.text(),
    reference: model.text().nullable(),
    /** As received; forgotten after the days the store keeps it. */
    payload: model.text().nullable(),
    status: model.enum(["received", "done", "retrying", "dead"]).default("received"),
    tries: model.number().default(0),
    next_try_at: model.dateTime().nullable(),
    error: model.text().nullable(),
    finished_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["provider_id", "event_id"], unique: true },
    { on: ["next_try_at"], where: "next_try_at IS NOT NULL" },
    { on: ["status", "created_at"] },
    // Newest first: ids are made in the order of time.
    { on: ["status", "id"] },
    { on: ["provider_id", "id"] },
    { on: ["event_id"] },
    { on: ["reference"] },
  ]);
