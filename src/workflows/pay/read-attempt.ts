import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { OPEN_STATUSES, isGatewayError, type AttemptRecord } from "../../gateway";
import { wasInterrupted } from "./interrupted-attempt";
import { loadAttempt, loadCart, tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { settleIfFree } from "../settle/settle";

/** A page that waits asks every few seconds; the gateway is not asked more often than this. */
const REFRESH_AFTER_MS = 2_000;

const WAITING: readonly AttemptRecord["status"][] = ["pending", "unknown", "action_required"];

/** Approved, while the order could not be placed yet. */
const APPROVED: readonly AttemptRecord["status"][] = ["authorized", "captured"];

/** When this server last asked for an attempt: a look that brings no news leaves no trace in the attempt. */
const LAST_LOOKS = new Map<string, number>();

/**
 * The attempt as it stands. One that waits for news is read from the gateway again, and an approval found that
 * way places the order. Throws 404 for another cart's attempt.
 */
export async function readAttempt(
  container: MedusaContainer,
  input: { cart_id: string; attempt_id: string },
): Promise<AttemptRecord> {
  const [cart] = await Promise.all([
    loadCart(container, input.cart_id),
    tenderModule(container).recovery.refresh(),
  ]);
  const attempt = await loadAttempt(container, cart, input.attempt_id);
  const gateway = findGateway(container, attempt.provider_id);
  if (OPEN_STATUSES.includes(attempt.status) && (await tenderModule(container).isClaimed(attempt.id))) {
    return { ...attempt, next_action: { type: "wait" } }; // A confirm is under way; its answer is the news.
  }
  const waits =
    WAITING.includes(attempt.status) ||
    (APPROVED.includes(attempt.status) && !attempt.order_id) ||
    (await wasInterrupted(container, attempt));
  if (!gateway || !waits || !isDue(attempt)) {
    return attempt;
  }
  try {
    await settleIfFree(container, attempt.id);
    return await loadAttempt(container, cart, attempt.id);
  } catch (error) {
    if (
      isGatewayError(error) ||
      (MedusaError.isMedusaError(error) && error.type === MedusaError.Types.CONFLICT)
    ) {
      return attempt; // The gateway, or the cart, cannot be had just now: what we know stays true.
    }
    throw error;
  }
}

function isDue({ id, updated_at }: AttemptRecord): boolean {
  const now = Date.now();
  for (const [other, looked_at] of LAST_LOOKS) {
    if (now - looked_at < REFRESH_AFTER_MS) {
      break; // They stand in the order of their time.
    }
    LAST_LOOKS.delete(other);
  }
  if (LAST_LOOKS.has(id) || now - updated_at.getTime() < REFRESH_AFTER_MS) {
    return false;
  }
  LAST_LOOKS.set(id, now);
  return true;
}
