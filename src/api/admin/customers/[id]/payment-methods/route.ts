import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listCustomerPaymentMethods } from "../../../../../workflows/operate/customer-payment-methods";
import type { AdminSavedPaymentMethodsResult } from "./contract";

/** What a customer has saved at each gateway. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminSavedPaymentMethodsResult>,
): Promise<void> {
  const { methods, unreachable } = await listCustomerPaymentMethods(req.scope, req.params.id ?? "");
  res.json({
    payment_methods: methods.map(({ id, provider_id, method, ...card }) => ({
      id,
      provider_id,
      method,
      brand: card.brand ?? null,
      last4: card.last4 ?? null,
      exp_month: card.exp_month ?? null,
      exp_year: card.exp_year ?? null,
    })),
    unreachable,
  });
}
