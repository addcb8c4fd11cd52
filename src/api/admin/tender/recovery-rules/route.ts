import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { installedGateways } from "../../../../workflows/operate/gateway-list";
import { listRecoveryRules } from "../../../../workflows/operate/recovery-rules";
import type { AdminRecoveryRulesResult, RuleChange } from "./contract";
import { adminBudgetsView, adminDecliningProviderView, adminOverrideView, adminRuleView } from "./views";

/** Every recovery rule, what operators changed about it, and what they could. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminRecoveryRulesResult>,
): Promise<void> {
  const { rules, strays, budgets, risk_switch } = await listRecoveryRules(req.scope);
  res.json({
    rules: rules.map(adminRuleView),
    strays: strays.map((stray) => adminOverrideView<RuleChange>(stray)),
    budgets: adminBudgetsView(budgets),
    risk_switch,
    providers: (await installedGateways(req.scope)).map(adminDecliningProviderView),
  });
}
