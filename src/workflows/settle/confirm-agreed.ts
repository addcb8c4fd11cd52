import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import {
  isGatewayError,
  messageOf,
  OPEN_STATUSES,
  PAYER_AWAY,
  sameMoney,
  type AttemptRecord,
  type GatewayPaymentProvider,
  type Observed,
} from "../../gateway";
import { triesUsedUp } from "../limits/tries-used-up";
import { findCartOf } from "../medusa/find-attempt-cart";
import { loadCart, tenderModule } from "../medusa/load-cart";
import { assertCartCompletable } from "../medusa/assert-cart-completable";
import { isAbandoned } from "./is-abandoned";
import { PaymentProblem } from "../payment-problem";

/**
 * Confirms for a payer who agreed on the service's own page and did not come back, as when the window was closed too
 * early: they think that they have paid. Only while their cart waits for exactly that amount and could become an order;
 * otherwise the agreement lapses by itself. The caller holds the attempt's claim.
 */
export async function confirmAgreed(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  observed: Observed,
): Promise<Observed> {
  const { attempt, snapshot } = observed;
  if (
    !snapshot?.agreed ||
    !OPEN_STATUSES.includes(attempt.status) ||
    !(await isAwaited(container, attempt))
  ) {
    return observed;
  }
  try {
    await gateway.attempts.confirmAbsent(attempt);
  } catch (error) {
    if (!isGatewayError(error)) {
      throw error;
    }
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.warn(`Attempt ${attempt.id}, whose payer agreed, could not be confirmed: ${messageOf(error)}`);
  }
  return gateway.attempts.observe((await tenderModule(container).findAttempt({ id: attempt.id })) ?? attempt);
}

async function isAwaited(container: MedusaContainer, attempt: AttemptRecord): Promise<boolean> {
  if (isAbandoned(container, attempt)) {
    return false;
  }
  const cart_id = await findCartOf(container, attempt);
  if (
    !cart_id ||
    (await wasAskedOften(container, attempt)) ||
    (await triesUsedUp(container, attempt, { agreed: true }))
  ) {
    return false;
  }
  const cart = await loadCart(container, cart_id);
  if (cart.completed || !sameMoney(cart.total, attempt.amount)) {
    return false;
  }
  try {
    await assertCartCompletable(container, cart_id);
    return true;
  } catch (error) {
    if (error instanceof PaymentProblem) {
      return false;
    }
    throw error;
  }
}

/** The payer agreed to what was refused, and to something else, and once more; then they have to come back. */
const ANSWERS = 3;

/**
 * A service may go on calling a payment agreed whose funding it refused: nothing tells then whether the payer has chosen
 * again, and every look would ask for what was refused, and use up the tries that the shopper has. Counted from when they
 * were last here.
 */
async function wasAskedOften(container: MedusaContainer, { id }: AttemptRecord): Promise<boolean> {
  const tries = await tenderModule(container).listOperations(id, ["authorize"]);
  const answered = tries.filter(({ status }) => status !== "failed");
  const last_seen = answered.findLastIndex(({ source_id }) => source_id !== PAYER_AWAY);
  return answered.length - 1 - last_seen >= ANSWERS;
}
