import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { reopenPayment } from "../workflows/medusa/reopen-payment";

/** Before Medusa's own capture route, which captures nothing of a payment that it holds to be captured in full. */
export async function reopenBeforeCapture(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  await reopenPayment(req.scope, req.params.id ?? "").then(() => next(), next);
}
