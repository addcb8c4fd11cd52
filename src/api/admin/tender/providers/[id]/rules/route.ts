import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeOptionRules, readOptionRules } from "../../../../../../workflows/operate/options/option-rules";
import type { AdminOptionRulesResult, OptionRulesBody } from "./contract";

/** When the provider is offered. */
export async function GET(req: MedusaRequest, res: MedusaResponse<AdminOptionRulesResult>): Promise<void> {
  res.json({ rules: await readOptionRules(req.scope, req.params.id ?? "") });
}

/** Sets when the provider is offered; the body holds all rules. */
export async function POST(
  req: AuthenticatedMedusaRequest<OptionRulesBody>,
  res: MedusaResponse<AdminOptionRulesResult>,
): Promise<void> {
  const rules = await changeOptionRules(req.scope, {
    provider_id: req.params.id ?? "",
    rules: req.validatedBody,
    actor_id: req.auth_context.actor_id,
  });
  res.json({ rules });
}
