import type { NewFinding } from "./findings";
import type { AttemptRecord } from "./journal";
import { moneyToDecimal, sameMoney, type Money } from "./money";
import type { PaymentSnapshot } from "./outcomes";

/**
 * Holds what the gateway reports against what was asked for. Another amount or currency, an approval that
 * reserves less than the whole, or an automatic capture of less is a finding; undefined when all is as it should be.
 *
 * @param captured_by_store whether the store itself captured, which may be less than the whole
 */
export function amountMismatch(
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
  captured_by_store: boolean,
): NewFinding | undefined {
  const takes_too_little =
    snapshot.status === "captured" &&
    !captured_by_store &&
    snapshot.captured.amount_minor < attempt.amount.amount_minor;
  if (
    sameMoney(snapshot.amount, attempt.amount) &&
    !reservesTooLittle(attempt, snapshot) &&
    !takes_too_little
  ) {
    return undefined;
  }
  return {
    kind: "amount_mismatch",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail:
      `Asked for ${show(attempt.amount)}, but the gateway reports ${show(snapshot.amount)} with ` +
      `${show(reservedIn(snapshot))} reserved and ${show(snapshot.captured)} captured.`,
  };
}

/** An approval of an attempt that was given up: money that no order will claim. */
export function approvedTooLate(attempt: AttemptRecord, snapshot: PaymentSnapshot): NewFinding {
  return {
    kind: "money_without_order",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: `The gateway approved ${show(reservedIn(snapshot))} for an attempt that is ${attempt.status}. Return it there.`,
  };
}

function reservesTooLittle(attempt: AttemptRecord, snapshot: PaymentSnapshot): boolean {
  const approved = snapshot.status === "authorized" || snapshot.status === "captured";
  return approved && reservedIn(snapshot).amount_minor < attempt.amount.amount_minor;
}

/** What is held or was taken, whichever is more: some gateways report no reservation once they captured. */
function reservedIn({ authorized, captured }: PaymentSnapshot): Money {
  return authorized.amount_minor > captured.amount_minor ? authorized : captured;
}

function show(amount: Money): string {
  return `${moneyToDecimal(amount)} ${amount.currency}`;
}
