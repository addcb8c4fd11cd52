import { newIdempotencyKey, type PaymentAttemptView, type StartOutcome, type TenderClient } from "../client";

/** Starts attempts, and keeps the one that waits for its confirmation so that it is not started twice. */
export interface AttemptOpener {
  /** The attempt that waits for its confirmation, if it is one with this option. */
  waiting(optionId: string): PaymentAttemptView | null;
  start(optionId: string): Promise<StartOutcome>;
  /** `optionId`: what the shopper chose; the attempt may be with another provider of the same method. Null forgets. */
  keep(attempt: PaymentAttemptView | null, optionId?: string): void;
  forget(): void;
}

export function createAttemptOpener(client: TenderClient, cartId: string): AttemptOpener {
  let kept: { optionId: string; attempt: PaymentAttemptView } | null = null;
  /** A start whose answer is missing is repeated under the same key, so that it cannot make two attempts. */
  let unanswered: { optionId: string; key: string } | null = null;

  return {
    waiting: (optionId) =>
      kept && [kept.optionId, kept.attempt.option_id].includes(optionId) ? kept.attempt : null,
    start: async (optionId) => {
      if (unanswered?.optionId !== optionId) unanswered = { optionId, key: newIdempotencyKey() };
      const { key } = unanswered;
      const outcome = await client.startAttempt(cartId, { option_id: optionId }, { idempotencyKey: key });
      // Another option's may have been asked for meanwhile.
      if (unanswered?.key === key) unanswered = null;
      return outcome;
    },
    keep: (attempt, optionId = attempt?.option_id ?? "") => {
      kept = attempt && { optionId, attempt };
    },
    forget: () => {
      kept = null;
    },
  };
}
