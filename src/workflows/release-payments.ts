import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { tenderModule } from "./load-cart";
import { findGateway } from "./payment-providers";
import { reportUnreturned } from "./return-money";

const BATCH = 100;

/**
 * Voids payments that a changed cart released and no later attempt took over. One that cannot be voided goes to the
 * end of the queue. Returns how many were voided.
 */
export async function releasePayments(container: MedusaContainer): Promise<number> {
  const tender = tenderModule(container);
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  const before = new Date(Date.now() - tender.options.release_after_ms);
  let returned = 0;
  for (const attempt of await tender.attempts.listReleasedBefore(before, BATCH)) {
    try {
      const gateway = findGateway(container, attempt.provider_id);
      if (!gateway) {
        throw new Error(`${attempt.provider_id} is not installed.`);
      }
      returned += (await gateway.returnReleased(attempt)) ? 1 : 0;
    } catch (error) {
      await tender.annotateAttempt(attempt.id, {});
      await reportUnreturned(container, attempt, error);
      logger.error(
        `Attempt ${attempt.id} could not be returned: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return returned;
}
