import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";
import { reopenPayment } from "../workflows/medusa/reopen-payment";

/**
 * Before Medusa's own capture route, which captures nothing of a payment that it holds to be captured in full. Who may
 * capture is that route's decision, and has been made by then; what goes wrong here does not keep anybody from it.
 */
export async function reopenBeforeCapture(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  const id = req.params.id ?? "";
  await reopenPayment(req.scope, { id }).catch((error: unknown) => {
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER);
    logger.error(`Whether payment ${id} is captured in full could not be looked up: ${messageOf(error)}`);
  });
  next();
}
