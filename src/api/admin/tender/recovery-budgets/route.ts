import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { BUDGETS_ID } from "../../../../services";
import { dropOverride, listRecoveryRules, lowerBudgets } from "../../../../workflows/operate/recovery-rules";
import type { AdminRecoveryBudgetsResult, BudgetsBody } from "../recovery-rules/contract";
import { adminBudgetsView } from "../recovery-rules/views";

/** Lowers how often a payment is retried, switched, and tried at all. */
export async function POST(
  req: AuthenticatedMedusaRequest<BudgetsBody>,
  res: MedusaResponse<AdminRecoveryBudgetsResult>,
): Promise<void> {
  await lowerBudgets(req.scope, { change: req.validatedBody, actor_id: req.auth_context.actor_id });
  await answer(req, res);
}

/** Makes the budgets as Tender has them again. */
export async function DELETE(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminRecoveryBudgetsResult>,
): Promise<void> {
  await dropOverride(req.scope, { rule_id: BUDGETS_ID, actor_id: req.auth_context.actor_id });
  await answer(req, res);
}

async function answer(
  req: AuthenticatedMedusaRequest<unknown>,
  res: MedusaResponse<AdminRecoveryBudgetsResult>,
): Promise<void> {
  const { budgets } = await listRecoveryRules(req.scope);
  res.json({ budgets: adminBudgetsView(budgets) });
}
