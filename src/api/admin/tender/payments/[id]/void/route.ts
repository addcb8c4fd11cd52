import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { voidPayment } from "../../../../../../workflows/operate/payment-actions";
import type { AdminPaymentActionsResult } from "../../contract";
import { paymentActionsView } from "../../views";

/** Lets go what is reserved of a payment that nothing was captured of. `:id` is Medusa's payment. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPaymentActionsResult>,
): Promise<void> {
  const payment = await voidPayment(req.scope, {
    actor_id: req.auth_context.actor_id,
    payment_id: req.params.id ?? "",
  });
  res.json({ payment_actions: paymentActionsView(payment) });
}
