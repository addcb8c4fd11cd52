import { model } from "@medusajs/framework/utils";

/** Something an operator must look at. */
export const TenderPaymentFinding = model
  .define("tender_payment_finding", {
    id: model.id({ prefix: "payfind" }).primaryKey(),
    kind: model.text(),
    severity: model.enum(["low", "medium", "high"]),
    attempt_id: model.text().nullable(),
    provider_id: model.text(),
    /** What it is about: the attempt, or a dispute's or webhook's id. */
    subject: model.text(),
    detail: model.text(),
    status: model.enum(["open", "resolved"]).default("open"),
    resolution: model.text().nullable(),
    resolved_by: model.text().nullable(),
    resolved_at: model.dateTime().nullable(),
  })
  .indexes([
    // Newest first within a severity: ids are made in the order of time.
    { on: ["status", "severity", "id"] },
    { on: ["attempt_id"] },
    {
      name: "IDX_tender_payment_finding_open_once",
      on: ["kind", "subject"],
      unique: true,
      where: "status = 'open'",
    },
  ]);
