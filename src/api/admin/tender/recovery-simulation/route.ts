import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { RecoveryDecision } from "../../../../services";
import { simulateRecovery } from "../../../../workflows/operate/simulate-recovery";
import { adminRuleView } from "../recovery-rules/views";
import type { AdminRecoveryDecision, AdminSimulationResult, SimulationBody } from "./contract";

/** What would be decided about a refusal, by the code that decides about real ones. Changes nothing. */
export async function POST(
  req: AuthenticatedMedusaRequest<SimulationBody>,
  res: MedusaResponse<AdminSimulationResult>,
): Promise<void> {
  const { decline, rule, decision, shipped_decision, ...rest } = await simulateRecovery(
    req.scope,
    req.validatedBody,
  );
  res.json({
    ...rest,
    decline: { network_code: null, advice_code: null, ...decline },
    rule: adminRuleView(rule),
    decision: decisionView(decision),
    shipped_decision: shipped_decision && decisionView(shipped_decision),
  });
}

function decisionView({ rule_id: _rule_id, ...decision }: RecoveryDecision): AdminRecoveryDecision {
  return decision;
}
