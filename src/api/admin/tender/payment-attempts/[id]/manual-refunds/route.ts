import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listManualRefunds, openRefundBeyond } from "../../../../../../workflows/operate/manual-refunds";
import type { AdminManualRefundResult, AdminManualRefundsResult } from "../../../../../admin-contract";
import { adminManualRefundView, adminManualRefundViews } from "../../../../../manual-refund-view";

/** The refunds of an attempt that people carry out. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminManualRefundsResult>,
): Promise<void> {
  const refunds = await listManualRefunds(req.scope, req.params.id ?? "");
  res.json({ manual_refunds: await adminManualRefundViews(req, refunds) });
}

/** Begins to give back what was paid beyond the attempt's amount, which no refund of Medusa's stands for. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminManualRefundResult>,
): Promise<void> {
  const opened = await openRefundBeyond(req.scope, {
    actor_id: req.auth_context.actor_id,
    attempt_id: req.params.id ?? "",
  });
  res.json({ manual_refund: adminManualRefundView(req, opened) });
}
