import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listPaymentActions } from "../../../../../workflows/operate/payment-actions";
import type { AdminOrderPaymentActionsResult } from "../../../tender/payments/contract";
import { paymentActionsView } from "../../../tender/payments/views";

/** What may be captured, refunded and voided of an order's payments, from what is on record. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminOrderPaymentActionsResult>,
): Promise<void> {
  const payments = await listPaymentActions(req.scope, req.params.id ?? "");
  res.json({ payment_actions: payments.map(paymentActionsView) });
}
