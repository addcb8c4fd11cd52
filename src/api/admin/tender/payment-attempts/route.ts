import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listPaymentAttempts } from "../../../../workflows/operate/list-payment-attempts";
import { askedFor } from "./asked";
import type { AdminPaymentAttemptsResult, PaymentAttemptsQuery } from "./contract";
import { listedView } from "./view";

/** Attempts to pay, newest first, page by page. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, PaymentAttemptsQuery>,
  res: MedusaResponse<AdminPaymentAttemptsResult>,
): Promise<void> {
  const { limit, cursor, ...filters } = req.validatedQuery as PaymentAttemptsQuery;
  const { attempts, orders, next_cursor, previous_cursor } = await listPaymentAttempts(req.scope, {
    ...askedFor(filters),
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  res.json({
    payment_attempts: attempts.map((listed) => listedView(listed, orders.get(listed.attempt.order_id ?? ""))),
    next_cursor,
    previous_cursor,
  });
}
