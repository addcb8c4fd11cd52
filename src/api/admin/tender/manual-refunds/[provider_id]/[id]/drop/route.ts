import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeManualRefund } from "../../../../../../../workflows/pay/manual-refunds";
import type { AdminManualRefundResult } from "../../../../../../admin-contract";
import { adminManualRefundView } from "../../../../../../manual-refund-view";

/** Gives up a refund that nobody has signed. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const refund = await changeManualRefund(req.scope, provider_id, (refunds) => refunds.drop(id));
  res.json({ manual_refund: adminManualRefundView(req, { provider_id, refund }) });
}
