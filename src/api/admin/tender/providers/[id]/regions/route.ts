import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeRegionProvider } from "../../../../../../workflows/operate/options/change-region";
import { providersAnswer } from "../../answer";
import type { AdminPaymentProvidersResult, ProviderRegionBody } from "../../contract";

/** Enables a provider for a region, or takes it away there. */
export async function POST(
  req: AuthenticatedMedusaRequest<ProviderRegionBody>,
  res: MedusaResponse<AdminPaymentProvidersResult>,
): Promise<void> {
  await changeRegionProvider(req.scope, {
    ...req.validatedBody,
    provider_id: req.params.id ?? "",
    actor_id: req.auth_context.actor_id,
  });
  res.json(await providersAnswer(req));
}
