import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { actOnManualRefund } from "../../../../../../../workflows/operate/manual-refunds";
import type { AdminManualRefundResult } from "../../../../../../admin-contract";
import { adminManualRefundView } from "../../../../../../manual-refund-view";
import type { SignedRefundInput } from "../../../contract";

/** Takes what was signed, and sends it. */
export async function POST(
  req: AuthenticatedMedusaRequest<SignedRefundInput>,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const of = { actor_id: req.auth_context.actor_id, provider_id, id };
  const refund = await actOnManualRefund(req.scope, of, { name: "import", text: req.validatedBody.text });
  res.json({ manual_refund: adminManualRefundView(req, refund) });
}
