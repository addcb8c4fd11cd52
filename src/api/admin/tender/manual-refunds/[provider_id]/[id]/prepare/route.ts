import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeManualRefund } from "../../../../../../../workflows/pay/manual-refunds";
import type { AdminManualRefundResult } from "../../../../../../admin-contract";
import { adminManualRefundView } from "../../../../../../manual-refund-view";

/** Makes what is to be signed anew, e.g. for a higher fee or because its money was spent meanwhile. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const refund = await changeManualRefund(req.scope, provider_id, (refunds) => refunds.prepareAnew(id));
  res.json({ manual_refund: adminManualRefundView(req, { provider_id, refund }) });
}
