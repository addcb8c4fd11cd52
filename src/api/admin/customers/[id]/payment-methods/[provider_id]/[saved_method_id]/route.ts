import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { removeCustomerPaymentMethod } from "../../../../../../../workflows/operate/customer-payment-methods";
import type { AdminRemovedPaymentMethodResult } from "../../contract";

/** Has a gateway forget one of the customer's saved methods. */
export async function DELETE(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminRemovedPaymentMethodResult>,
): Promise<void> {
  const { id: customer_id = "", provider_id = "", saved_method_id = "" } = req.params;
  const actor_id = req.auth_context.actor_id;
  await removeCustomerPaymentMethod(req.scope, { actor_id, customer_id, provider_id, saved_method_id });
  res.json({ id: saved_method_id, object: "saved_payment_method", deleted: true });
}
