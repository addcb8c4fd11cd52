import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import {
  dropOverride,
  listRecoveryRules,
  overrideRule,
} from "../../../../../../workflows/operate/recovery-rules";
import type { AdminRecoveryRuleResult, RuleOverrideBody } from "../../contract";
import { adminRuleView } from "../../views";

/** Makes a rule stricter, or opts in where it allows that. */
export async function POST(
  req: AuthenticatedMedusaRequest<RuleOverrideBody>,
  res: MedusaResponse<AdminRecoveryRuleResult>,
): Promise<void> {
  const { id: rule_id = "" } = req.params;
  await overrideRule(req.scope, {
    rule_id,
    change: req.validatedBody,
    actor_id: req.auth_context.actor_id,
  });
  await answer(req, res);
}

/** Makes a rule as Tender has it again. */
export async function DELETE(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminRecoveryRuleResult>,
): Promise<void> {
  const { id: rule_id = "" } = req.params;
  await dropOverride(req.scope, { rule_id, actor_id: req.auth_context.actor_id });
  await answer(req, res);
}

async function answer(
  req: AuthenticatedMedusaRequest<unknown>,
  res: MedusaResponse<AdminRecoveryRuleResult>,
): Promise<void> {
  const { rules } = await listRecoveryRules(req.scope);
  const rule = rules.find(({ shipped }) => shipped.id === req.params["id"]);
  res.json({ rule: rule ? adminRuleView(rule) : null });
}
