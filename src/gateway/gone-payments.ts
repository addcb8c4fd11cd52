import { UNPAID_STATUSES } from "./attempt-states";
import { isPaymentGone } from "./errors";
import type { AttemptRecord, PaymentJournal } from "./journal";
import { isLost, isUntraced } from "./lost-calls";

/**
 * What was read; undefined for a payment that the service has no more, where no money can hang on the attempt should that
 * only seem so, as with the keys of another account. Any other error goes on.
 */
export async function unlessGone<T>(
  journal: PaymentJournal,
  attempt: AttemptRecord,
  reading: Promise<T>,
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (await isHarmlesslyGone(journal, attempt, error)) {
      return undefined;
    }
    throw error;
  }
}

/** Of a payment that waits for its payer, a page they were sent to has taken nothing; one left behind may have. */
async function isHarmlesslyGone(
  journal: PaymentJournal,
  attempt: AttemptRecord,
  error: unknown,
): Promise<boolean> {
  const is_left = attempt.status === "released" || attempt.status === "canceled";
  if (!isPaymentGone(error) || !(is_left || UNPAID_STATUSES.includes(attempt.status))) {
    return false;
  }
  const tries = await journal.listOperations(attempt.id, ["authorize"]);
  return !tries.some(
    (operation) =>
      isLost(operation) || isUntraced(operation) || (is_left && operation.status === "succeeded"),
  );
}
