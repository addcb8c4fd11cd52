import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeProviderSetting } from "../../../../../../workflows/operate/options/change-setting";
import { providersAnswer } from "../../answer";
import type { AdminPaymentProvidersResult, ProviderSettingBody } from "../../contract";

/** Switches a provider or its methods, shows them apart, and names them. */
export async function POST(
  req: AuthenticatedMedusaRequest<ProviderSettingBody>,
  res: MedusaResponse<AdminPaymentProvidersResult>,
): Promise<void> {
  await changeProviderSetting(req.scope, {
    provider_id: req.params.id ?? "",
    wish: req.validatedBody,
    actor_id: req.auth_context.actor_id,
  });
  res.json(await providersAnswer(req));
}
