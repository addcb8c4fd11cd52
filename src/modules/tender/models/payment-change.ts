import { model } from "@medusajs/framework/utils";

/** One change that an operator made: who, what, before and after. Rows are only ever added. */
export const TenderPaymentChange = model
  .define("tender_payment_change", {
    id: model.id({ prefix: "paychg" }).primaryKey(),
    /** Id of a user of the admin, or of an API key. */
    actor_id: model.text(),
    /** What was done, e.g. `provider_setting.update`. */
    action: model.text(),
    /** What it was done to: a provider, a finding, a webhook, an attempt, a rule. */
    subject: model.text(),
    before: model.json().nullable(),
    after: model.json().nullable(),
  })
  .indexes([{ on: ["subject", "id"] }]);
