import { InvalidPaymentData } from "../../../gateway/errors";
import {
  REFUND_MOVES,
  type RefundChange,
  type RefundStatus,
  type RefundStore,
  type StoredRefund,
} from "./refund-store";

/**
 * Changes a refund that is still what it was.
 *
 * @throws InvalidPaymentData where somebody else changed it meanwhile
 */
export async function changed(
  refunds: RefundStore,
  refund: StoredRefund,
  change: RefundChange,
): Promise<StoredRefund> {
  const after = await tryToChange(refunds, refund, change);
  if (!after) {
    throw changedMeanwhile();
  }
  return after;
}

/** The same; undefined where somebody else changed it meanwhile. */
export async function tryToChange(
  refunds: RefundStore,
  refund: StoredRefund,
  change: RefundChange,
): Promise<StoredRefund | undefined> {
  const to = change.status ?? refund.status;
  const allowed: readonly RefundStatus[] = REFUND_MOVES[refund.status];
  if (to !== refund.status && !allowed.includes(to)) {
    throw new Error(`A refund does not go from ${refund.status} to ${to}.`);
  }
  return refunds.change(refund, change);
}

export const changedMeanwhile = () =>
  new InvalidPaymentData("Somebody else has changed this refund at the same moment. Look at it again.");
