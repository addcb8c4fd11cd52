import type { PaymentAttemptView } from "../client";
import { pollUntil } from "./poll";
import { settlesLater } from "./resume";

/** Statuses in which a confirmation with new data may still be sent to the same attempt. */
export const OPEN_STATUSES: readonly PaymentAttemptView["status"][] = ["created", "ready"];

/** A lost confirmation that left the attempt untouched for this many looks in a row never arrived. */
const LOOKS_BEFORE_CALLED_LOST = 3;

export type Watch = Readonly<{
  look: () => Promise<PaymentAttemptView>;
  /** False once the page has moved on; the answer of a look under way is then dropped. */
  isWanted: () => boolean;
  onPending: (attempt: PaymentAttemptView) => void;
  /** The attempt is pending no more. Answers "again" when it is to be looked at once more after all. */
  onSettled: (attempt: PaymentAttemptView) => Promise<"again" | "enough">;
}>;

/** Looks at an attempt until something has come of it. The function it returns stops the looking. */
export function watchAttempt({ look, isWanted, onPending, onSettled }: Watch): () => void {
  let untouchedLooks = 0;
  return pollUntil(async () => {
    try {
      const attempt = await look();
      if (!isWanted()) return "enough";
      if (isWaiting(attempt)) {
        untouchedLooks = 0;
        onPending(attempt);
        return "again";
      }
      if (OPEN_STATUSES.includes(attempt.status) && ++untouchedLooks < LOOKS_BEFORE_CALLED_LOST)
        return "again";
      return await onSettled(attempt);
    } catch {
      // Offline, a restarting server, a limit on requests: none of it tells what became of the money.
      return "again";
    }
  });
}

/** "wait" is said of an attempt whose confirmation is still being worked on, whatever its status. */
function isWaiting(attempt: PaymentAttemptView): boolean {
  const { status, next_action } = attempt;
  return (
    !settlesLater(attempt) && (status === "pending" || status === "unknown" || next_action?.type === "wait")
  );
}
