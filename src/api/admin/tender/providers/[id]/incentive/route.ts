import type { AuthenticatedMedusaRequest, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeIncentive, readIncentive } from "../../../../../../workflows/operate/options/option-incentive";
import type { AdminOptionIncentiveResult, OptionIncentiveBody } from "./contract";

/** Which promotions come with the provider's options. */
export async function GET(
  req: MedusaRequest,
  res: MedusaResponse<AdminOptionIncentiveResult>,
): Promise<void> {
  res.json({ incentive: await readIncentive(req.scope, req.params.id ?? "") });
}

/** Ties a promotion to the provider's options, or to one of its methods, or unties it. */
export async function POST(
  req: AuthenticatedMedusaRequest<OptionIncentiveBody>,
  res: MedusaResponse<AdminOptionIncentiveResult>,
): Promise<void> {
  const incentive = await changeIncentive(req.scope, {
    provider_id: req.params.id ?? "",
    ...req.validatedBody,
    actor_id: req.auth_context.actor_id,
  });
  res.json({ incentive });
}
