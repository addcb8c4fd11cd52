import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { readPaymentAttempt } from "../../../../../workflows/operate/read-payment-attempt";
import type { AdminPaymentAttemptResult, PaymentAttemptQuery } from "../contract";
import { attemptView } from "../view";

/** One attempt with everything that happened to it. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, PaymentAttemptQuery>,
  res: MedusaResponse<AdminPaymentAttemptResult>,
): Promise<void> {
  const story = await readPaymentAttempt(req.scope, req.params.id ?? "");
  res.json({ payment_attempt: attemptView(story, (req.validatedQuery as PaymentAttemptQuery).locale) });
}
