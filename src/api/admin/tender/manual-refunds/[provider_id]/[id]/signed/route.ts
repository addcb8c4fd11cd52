import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeManualRefund } from "../../../../../../../workflows/pay/manual-refunds";
import type { AdminManualRefundResult } from "../../../../../../admin-contract";
import { adminManualRefundView } from "../../../../../../manual-refund-view";
import type { SignedRefundInput } from "../../../schemas";

/** Takes what was signed, and sends it. */
export async function POST(
  req: AuthenticatedMedusaRequest<SignedRefundInput>,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const refund = await changeManualRefund(req.scope, provider_id, (refunds) =>
    refunds.importSigned(id, req.validatedBody.text),
  );
  res.json({ manual_refund: adminManualRefundView(req, { provider_id, refund }) });
}
