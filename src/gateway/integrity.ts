import type { NewFinding } from "./findings";
import { approvedIn } from "./holdings";
import type { AttemptRecord } from "./journal";
import { sameMoney, showMoney, subtractMoney, type Money } from "./money";
import type { PaymentSnapshot } from "./outcomes";

/** What the store itself did with an approved payment. */
export type StoreMoves = Readonly<{
  /** Whether it captured, which may be less than the whole. */
  captured: boolean;
  refunded: Money;
}>;

/**
 * Holds what the gateway reports against what was asked for. Another amount or currency, an approval of less or more
 * than the whole, an automatic capture of less, or money that was given back before there was an order, is a finding;
 * undefined when all is as it should be.
 */
export function amountMismatch(
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
  by_store: StoreMoves,
): NewFinding | undefined {
  if (sameMoney(snapshot.amount, attempt.amount) && approvesTheWhole(attempt, snapshot, by_store)) {
    return undefined;
  }
  const { amount, captured, refunded } = snapshot;
  return {
    kind: "amount_mismatch",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail:
      `Asked for ${showMoney(attempt.amount)}, but the gateway reports ${showMoney(amount)} with ` +
      `${showMoney(approvedIn(snapshot))} reserved, ${showMoney(captured)} captured and ${showMoney(refunded)} refunded.`,
  };
}

/** An approval of an attempt that was given up: money that no order will claim. */
export function approvedTooLate(attempt: AttemptRecord, snapshot: PaymentSnapshot): NewFinding {
  return {
    kind: "money_without_order",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: `The gateway approved ${showMoney(approvedIn(snapshot))} for an attempt that is ${attempt.status}. Return it there.`,
  };
}

function approvesTheWhole(
  { amount, order_id }: AttemptRecord,
  snapshot: PaymentSnapshot,
  by_store: StoreMoves,
): boolean {
  const { status, captured, refunded } = snapshot;
  if (status !== "authorized" && status !== "captured") {
    return true;
  }
  const approved = approvedIn(snapshot).amount_minor;
  const took_enough =
    status === "authorized" || by_store.captured || captured.amount_minor >= amount.amount_minor;
  // With an order, more or less is what the operator and the gateway's dashboard made of it: the ledger tells.
  const untouched =
    approved === amount.amount_minor && subtractMoney(refunded, by_store.refunded).amount_minor <= 0n;
  return approved >= amount.amount_minor && took_enough && (order_id !== null || untouched);
}
