import type { MedusaContainer } from "@medusajs/framework/types";
import { UNPAID_STATUSES, type AttemptRecord } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { findProvider } from "../medusa/payment-providers";
import { returnReleased } from "../settle/return-money";
import { settleAttempt } from "../settle/settle";

/** True for an attempt that a shopper may leave unpaid. */
export function canBeAbandoned({ status, order_id }: AttemptRecord): boolean {
  return order_id === null && UNPAID_STATUSES.includes(status);
}

/**
 * Ends an attempt that its shopper left: what is not paid is canceled at the gateway, so that nobody can pay it any
 * more. One that turns out to be paid is settled.
 */
export async function abandonAttempt(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  const provider = findProvider(container, attempt.provider_id);
  if (!provider || provider === "foreign") {
    await tender.changeAttempt(attempt.id, "canceled");
    return;
  }
  await settleAttempt(container, attempt.id);
  await provider.attempts.claims.ifFree(attempt.id, async (current) => {
    if (canBeAbandoned(current)) {
      const released = await tender.changeAttempt(attempt.id, "released");
      await (released && returnReleased(container, released));
    }
  });
}
