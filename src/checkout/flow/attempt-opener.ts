import { newIdempotencyKey, type PaymentAttemptView, type StartOutcome, type TenderClient } from "../client";

/** What an attempt is to be opened for. */
export type Wanted = Readonly<{
  optionId: string;
  /** What it is paid with is kept for next time; some services have to know from the start. */
  save: boolean;
}>;

/** Starts attempts, and keeps the one that waits for its confirmation so that it is not started twice. */
export interface AttemptOpener {
  /** The attempt that waits for its confirmation, if it is one with this option, and saved or not as wanted. */
  waiting(wanted: Wanted): PaymentAttemptView | null;
  /** The attempt that was handed to the form of this option, for the shopper to approve. */
  handedOut(optionId: string): PaymentAttemptView | null;
  handOut(attempt: PaymentAttemptView): void;
  start(wanted: Wanted): Promise<StartOutcome>;
  /**
   * Null forgets. `wanted`: what the shopper chose; the attempt may be with another provider of the same method. Without
   * it nobody knows whether the attempt was to be saved, as after a reload.
   */
  keep(attempt: PaymentAttemptView | null, wanted?: Wanted): void;
  forget(): void;
}

type Kept = Readonly<{ attempt: PaymentAttemptView; optionId: string; save: boolean | null; isOut: boolean }>;

/** @param canSave whether what an option is paid with can be kept at all, so that it matters what is not known */
export function createAttemptOpener(
  client: TenderClient,
  cartId: string,
  canSave: (optionId: string) => boolean,
): AttemptOpener {
  let kept: Kept | null = null;
  /** A start whose answer is missing is repeated under the same key, so that it cannot make two attempts. */
  let unanswered: (Wanted & { key: string }) | null = null;

  const isOf = (optionId: string): boolean =>
    kept !== null && [kept.optionId, kept.attempt.option_id].includes(optionId);

  return {
    waiting: ({ optionId, save }) => {
      if (!kept || !isOf(optionId)) return null;
      const isAsWanted = kept.save === save || (kept.save === null && !canSave(optionId));
      return isAsWanted ? kept.attempt : null;
    },
    handedOut: (optionId) => (kept?.isOut && isOf(optionId) ? kept.attempt : null),
    handOut: (attempt) => {
      if (kept?.attempt.id === attempt.id) kept = { ...kept, isOut: true };
    },
    start: async (wanted) => {
      const { optionId, save } = wanted;
      if (unanswered?.optionId !== optionId || unanswered.save !== save) {
        unanswered = { ...wanted, key: newIdempotencyKey() };
      }
      const { key } = unanswered;
      const outcome = await client.startAttempt(
        cartId,
        { option_id: optionId, ...(save && { data: { save } }) },
        { idempotencyKey: key },
      );
      // Another option's may have been asked for meanwhile.
      if (unanswered?.key === key) unanswered = null;
      return outcome;
    },
    keep: (attempt, wanted) => {
      kept = attempt && {
        attempt,
        optionId: wanted?.optionId ?? attempt.option_id,
        save: wanted?.save ?? null,
        isOut: false,
      };
    },
    forget: () => {
      kept = null;
    },
  };
}
