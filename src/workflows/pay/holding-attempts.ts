import type { MedusaContainer } from "@medusajs/framework/types";
import { OPEN_STATUSES, type AttemptRecord } from "../../gateway";
import { AttemptClaims } from "../../gateway/claims";
import { tenderModule } from "../medusa/load-cart";
import { PaymentProblem } from "../payment-problem";

/**
 * Does the work while it holds the claims of these unpaid attempts, so that nobody confirms one of them meanwhile.
 * Throws `payment_in_progress` when somebody is at one, or was a moment ago.
 */
export async function holdingUnpaid<T>(
  container: MedusaContainer,
  attempts: readonly AttemptRecord[],
  work: () => Promise<T>,
): Promise<T> {
  const [first, ...rest] = attempts;
  if (!first) {
    return work();
  }
  const claims = new AttemptClaims(() => tenderModule(container));
  const held = await claims.ifFree(first.id, async (current) =>
    OPEN_STATUSES.includes(current.status) || current.status === "released"
      ? { done: await holdingUnpaid(container, rest, work) }
      : undefined,
  );
  if (!held) {
    throw new PaymentProblem("payment_in_progress", first);
  }
  return held.done;
}
