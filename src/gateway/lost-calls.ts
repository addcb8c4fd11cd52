import type { PaymentJournal } from "./journal";
import type { OperationRecord } from "./operations";

/** A call without an answer may still be under way for this long. */
export const LOST_CALL_GRACE_MS = 30_000;

/** Whoever was told that a move failed may ask for it again for this long after it was found to have gone through. */
export const ASKED_AGAIN_MS = 120_000;

/** True for an operation whose end nobody saw: its answer was lost, or the server died. */
export function isLost({ status }: OperationRecord): boolean {
  return status === "unknown" || status === "started";
}

/** True while a call may still be on its way to the gateway. */
export function isRecent({ started_at }: OperationRecord): boolean {
  return Date.now() - started_at.getTime() < LOST_CALL_GRACE_MS;
}

/** Ends operations that left no trace at the gateway, once they ought not to be under way any more. */
export async function endUntraced(
  journal: PaymentJournal,
  operations: readonly OperationRecord[],
): Promise<void> {
  for (const { id } of operations) {
    await journal.endOperation(id, {
      status: "failed",
      error_kind: "unknown",
      error_message: "The gateway has no trace of it.",
    });
  }
}

/**
 * True for an operation that was ended since the gateway had no trace of it. A slow gateway may carry it out even now,
 * so that the next one like it must go out under the same key.
 */
export function isUntraced({ status, error_kind }: OperationRecord): boolean {
  return status === "failed" && error_kind === "unknown";
}

/** True when the gateway itself has ended the operation, so that its key is used up. */
export function isDefinite(operation: OperationRecord): boolean {
  return !isLost(operation) && !isUntraced(operation);
}
