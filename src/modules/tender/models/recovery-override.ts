import { model } from "@medusajs/framework/utils";

/** What an operator changed about one recovery rule, or about the budgets. */
export const TenderRecoveryOverride = model.define("tender_recovery_override", {
  id: model.id({ prefix: "payrov" }).primaryKey(),
  /** Id of the rule, or `budgets`. */
  rule_id: model.text().unique(),
  /** The words that are the operator's, e.g. `{ "switch_provider": "never" }`. */
  change: model.json(),
  /** Who changed it last. */
  actor_id: model.text(),
});
