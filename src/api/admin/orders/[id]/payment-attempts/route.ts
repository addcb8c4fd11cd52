import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listOrderAttempts } from "../../../../../workflows/pay/list-order-attempts";
import type { AdminOrderPaymentAttemptsResult } from "../../../../admin-contract";
import { adminAttemptView } from "../../../../admin-views";

/** Every try to pay the order, the refused ones included. Medusa lets logged-in operators through to /admin only. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminOrderPaymentAttemptsResult>,
): Promise<void> {
  const attempts = await listOrderAttempts(req.scope, req.params.id ?? "");
  res.json({ payment_attempts: attempts.map(adminAttemptView) });
}
