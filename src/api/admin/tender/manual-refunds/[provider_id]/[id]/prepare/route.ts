import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { actOnManualRefund } from "../../../../../../../workflows/operate/manual-refunds";
import type { AdminManualRefundResult } from "../../../../../../admin-contract";
import { adminManualRefundView } from "../../../../../../manual-refund-view";

/** Makes what is to be signed anew, e.g. for a higher fee or because its money was spent meanwhile. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const of = { actor_id: req.auth_context.actor_id, provider_id, id };
  const refund = await actOnManualRefund(req.scope, of, { name: "prepare" });
  res.json({ manual_refund: adminManualRefundView(req, refund) });
}
