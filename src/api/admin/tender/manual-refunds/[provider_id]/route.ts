import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { pageManualRefunds } from "../../../../../workflows/operate/manual-refunds";
import { adminManualRefundViews } from "../../../../manual-refund-view";
import type { AdminManualRefundPage, ManualRefundsQuery } from "../contract";

/** A provider's refunds that people carry out, whichever order they are of. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, ManualRefundsQuery>,
  res: MedusaResponse<AdminManualRefundPage>,
): Promise<void> {
  const { status, ...page } = req.validatedQuery as ManualRefundsQuery;
  const { refunds, next_cursor } = await pageManualRefunds(req.scope, req.params.provider_id ?? "", {
    ...page,
    is_open: status === "open",
  });
  res.json({ manual_refunds: await adminManualRefundViews(req, refunds), next_cursor });
}
