import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, PAID_OR_MAY_BE, isGatewayError, type AttemptRecord } from "../../gateway";
import { endTry } from "../limits/end-try";
import { wasInterrupted } from "./interrupted-attempt";
import { tenderModule, type PayableCart } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";
import { findGateway } from "../medusa/payment-providers";
import { returnMoney } from "../settle/return-money";
import { settlePayment } from "../settle/settle-payment";

/**
 * Makes sure that no earlier attempt of the cart can still take money before a new one starts: what is unknown,
 * pending or authorized is read from the gateway first. Throws `PaymentProblem` when the cart must wait or is
 * paid already.
 */
export async function clearFormerAttempts(
  container: MedusaContainer,
  cart: PayableCart,
  attempts: readonly AttemptRecord[],
): Promise<void> {
  const tender = tenderModule(container);
  for (const attempt of attempts) {
    if (OPEN_STATUSES.includes(attempt.status) && (await tender.isClaimed(attempt.id))) {
      throw new PaymentProblem("payment_in_progress", attempt);
    }
    const live = PAID_OR_MAY_BE.includes(attempt.status);
    if (attempt.order_id === null && (live || (await wasInterrupted(container, attempt)))) {
      await clearLiveAttempt(container, cart, attempt);
    }
  }
}

async function clearLiveAttempt(
  container: MedusaContainer,
  cart: PayableCart,
  former: AttemptRecord,
): Promise<void> {
  const gateway = findGateway(container, former.provider_id);
  if (!gateway) {
    return clearForeign(container, cart, former);
  }
  const done = await gateway.attempts.claims.ifFree(former.id, async (current) => {
    await clearOwn(container, cart, await refreshed(current, gateway.attempts));
    return true;
  });
  if (!done) {
    throw new PaymentProblem("payment_in_progress", former);
  }
}

/** An approved payment places its order before another may start; or is returned, when it cannot. */
async function settleFirst(
  container: MedusaContainer,
  cart: PayableCart,
  attempt: AttemptRecord,
): Promise<void> {
  const settled = await settlePayment(container, cart.id, attempt);
  if (settled.type === "order") {
    await endTry(container, { ...attempt, order_id: settled.order_id });
    throw new PaymentProblem("cart_completed", attempt);
  }
  if (settled.type === "undecided") {
    throw new PaymentProblem("payment_in_progress", attempt);
  }
}

/** Another plugin's payment: what is approved is settled, nothing else can be known of it but by waiting. */
async function clearForeign(
  container: MedusaContainer,
  cart: PayableCart,
  attempt: AttemptRecord,
): Promise<void> {
  if (attempt.status === "authorized" || attempt.status === "captured") {
    return settleFirst(container, cart, attempt);
  }
  assertWaitedFor(container, attempt);
}

async function clearOwn(
  container: MedusaContainer,
  cart: PayableCart,
  attempt: AttemptRecord,
): Promise<void> {
  switch (attempt.status) {
    case "authorized":
    case "captured":
      return settleFirst(container, cart, attempt);
    case "pending":
      return cancelPending(container, attempt);
    case "unknown":
      return assertWaitedFor(container, attempt);
    default:
      return;
  }
}

/** A payment that may still be made keeps the cart waiting, but only for as long as the operator says. */
function assertWaitedFor(container: MedusaContainer, attempt: AttemptRecord): void {
  const waited_ms = Date.now() - attempt.updated_at.getTime();
  if (waited_ms < tenderModule(container).options.unknown_blocks_ms) {
    throw new PaymentProblem("payment_unknown", attempt);
  }
}

/** The shopper wants to pay another way; a gateway that cannot be asked keeps the cart waiting. */
async function cancelPending(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  try {
    await returnMoney(container, attempt);
  } catch (error) {
    throw isGatewayError(error) ? new PaymentProblem("payment_unknown", attempt) : error;
  }
}

/** The attempt as the gateway reports it now, or as we know it when the gateway cannot be read. */
async function refreshed(
  attempt: AttemptRecord,
  runner: { refresh(attempt: AttemptRecord): Promise<AttemptRecord> },
): Promise<AttemptRecord> {
  try {
    return await runner.refresh(attempt);
  } catch (error) {
    if (isGatewayError(error)) {
      return attempt;
    }
    throw error;
  }
}
