import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf } from "../gateway";
import { reopenPayment } from "../workflows/medusa/reopen-payment";
import { expectMove } from "../workflows/upkeep/expect-move";

/**
 * Before Medusa's own capture route, which captures nothing of a payment that it holds to be captured in full, and before
 * its refund route. Who may do it is the route's decision, and has been made by then; what goes wrong here does not keep
 * anybody from it.
 */
export const prepareCapture = preparing(async (container, id) => {
  await reopenPayment(container, { id });
  await expectMove(container, id);
});

/** See {@link prepareCapture}. */
export const prepareRefund = preparing(expectMove);

function preparing(work: (container: MedusaContainer, payment_id: string) => Promise<void>) {
  return async (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> => {
    const id = req.params.id ?? "";
    await work(req.scope, id).catch((error: unknown) => {
      const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER);
      logger.error(`Payment ${id} could not be looked up before money is moved: ${messageOf(error)}`);
    });
    next();
  };
}
