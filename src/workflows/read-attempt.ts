import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, isGatewayError, type AttemptRecord } from "../gateway";
import { wasInterrupted } from "./interrupted-attempt";
import { loadAttempt, loadCart, tenderModule } from "./load-cart";
import { findGateway } from "./payment-providers";
import { settleIfFree } from "./settle";

/** A page that waits asks every few seconds; the gateway is not asked more often than this. */
const REFRESH_AFTER_MS = 2_000;

const WAITING: readonly AttemptRecord["status"][] = ["pending", "unknown", "action_required"];

/**
 * The attempt as it stands. One that waits for news is read from the gateway again, and an approval found that
 * way places the order. Throws 404 for another cart's attempt.
 */
export async function readAttempt(
  container: MedusaContainer,
  input: { cart_id: string; attempt_id: string },
): Promise<AttemptRecord> {
  const cart = await loadCart(container, input.cart_id);
  const attempt = await loadAttempt(container, cart, input.attempt_id);
  const gateway = findGateway(container, attempt.provider_id);
  if (OPEN_STATUSES.includes(attempt.status) && (await tenderModule(container).isClaimed(attempt.id))) {
    return { ...attempt, next_action: { type: "wait" } }; // A confirm is under way; its answer is the news.
  }
  const due =
    (WAITING.includes(attempt.status) || (await wasInterrupted(container, attempt))) &&
    Date.now() - attempt.updated_at.getTime() >= REFRESH_AFTER_MS;
  if (!gateway || !due) {
    return attempt;
  }
  try {
    await settleIfFree(container, attempt.id);
    return await loadAttempt(container, cart, attempt.id);
  } catch (error) {
    if (isGatewayError(error)) {
      return attempt; // Not reachable just now: what we know stays true.
    }
    throw error;
  }
}
