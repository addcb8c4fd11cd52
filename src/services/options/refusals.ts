import { PAID_OR_MAY_BE } from "../../gateway/attempt-states";
import type { RecoveryDecision, RecoveryService } from "../recovery/types";
import { optionId } from "./option-id";
import type { PastAttempt } from "./types";

/** A refusal of this cart that keeps an option from being offered. */
export type Refusal = Readonly<{ attempt: PastAttempt; decision: RecoveryDecision }>;

export type Refusals = Readonly<{
  /** What keeps this provider's method from being offered; undefined when nothing does. */
  against(provider_id: string, method: string): Refusal | undefined;
}>;

/**
 * What the cart's attempts rule out. A refused instrument rules out its **method** at every provider, until a later
 * try of the method says otherwise (another card was entered and only has to be corrected). A refusal that is the
 * provider's own rules out that provider's method and stands.
 *
 * @param attempts oldest first
 */
export function refusalsOf(attempts: readonly PastAttempt[], recovery: RecoveryService): Refusals {
  const by_method = new Map<string, Refusal>();
  const by_option = new Map<string, Refusal>();
  for (const attempt of attempts) {
    const decision = PAID_OR_MAY_BE.includes(attempt.status) ? undefined : recovery.recall(attempt);
    if (!decision) {
      continue;
    }
    if (decision.rules_out_option) {
      const refusal = { attempt, decision };
      if (decision.scope === "method") {
        by_method.set(attempt.method, refusal);
      } else {
        by_option.set(optionId(attempt.provider_id, attempt.method), refusal);
      }
    } else if (attempt.decline !== null && by_method.get(attempt.method)?.decision.another_instrument) {
      by_method.delete(attempt.method);
    }
  }
  return {
    against: (provider_id, method) => by_method.get(method) ?? by_option.get(optionId(provider_id, method)),
  };
}

/**
 * The earlier refusal that bars an instrument: networks fine a store that sends a card again which its issuer will
 * never approve. Undefined when the instrument may be tried, or has no fingerprint to be known by.
 */
export function refusedBefore(
  attempts: readonly PastAttempt[],
  fingerprint: string | null | undefined,
  recovery: RecoveryService,
): PastAttempt | undefined {
  return fingerprint == null
    ? undefined
    : attempts.find(
        (attempt) =>
          attempt.instrument_fingerprint === fingerprint &&
          attempt.decline !== null &&
          recovery.recall(attempt)?.never_again_same_instrument === true,
      );
}

/** Attempts in these states were not refused in the end, whatever came before. */
