import type { PaymentJournal } from "./journal";
import type { OperationKind, OperationRecord } from "./operations";
import { endUntraced, isLost, isRecent } from "./lost-calls";
import { addMoney, sameMoney, subtractMoney, type Money } from "./money";
import type { PaymentSnapshot } from "./outcomes";

/** What moves money of an approved payment, in either direction. */
export type MoneyMove = Extract<OperationKind, "capture" | "refund">;

export const MONEY_MOVES: readonly MoneyMove[] = ["capture", "refund"];

/** What the snapshot says was moved so far, per kind of move. */
export const MOVED: Readonly<Record<MoneyMove, (snapshot: PaymentSnapshot) => Money>> = {
  capture: (snapshot) => snapshot.captured,
  refund: (snapshot) => snapshot.refunded,
};

/** One of Medusa's captures or refunds. */
export type RecordedMove = Readonly<{ id: string; amount: Money; created_at: Date }>;

/** The sum of what Medusa has on record, leaving out one row. */
export function recordedSum(rows: readonly RecordedMove[], currency: string, except_id?: string): Money {
  return sum(
    rows.filter(({ id }) => id !== except_id).map(({ amount }) => amount),
    currency,
  );
}

/** The sum of the operations that went through. */
export function succeededSum(operations: readonly OperationRecord[], currency: string): Money {
  return sum(
    operations.flatMap(({ status, amount }) => (status === "succeeded" && amount ? [amount] : [])),
    currency,
  );
}

/**
 * Tells the moves whose answer was lost apart by what the gateway moved beyond the ones that are known: those that
 * it accounts for went through; of the others nothing came, once they cannot be under way any more.
 */
export function explainLostMoves(
  operations: readonly OperationRecord[],
  moved: Money,
): { went_through: OperationRecord[]; still_open: OperationRecord[]; untraced: OperationRecord[] } {
  const lost = operations.filter(isLost);
  let extra = subtractMoney(moved, succeededSum(operations, moved.currency));
  const went_through: OperationRecord[] = [];
  const exact = lost.filter(({ amount }) => amount && sameMoney(amount, extra)).slice(0, 1);
  for (const operation of exact.length > 0 ? exact : lost) {
    if (operation.amount && operation.amount.amount_minor <= extra.amount_minor) {
      went_through.push(operation);
      extra = subtractMoney(extra, operation.amount);
    }
  }
  const rest = lost.filter((operation) => !went_through.includes(operation));
  return {
    went_through,
    still_open: rest.filter(isRecent),
    untraced: rest.filter((operation) => !isRecent(operation)),
  };
}

/** Closes lost moves as {@link explainLostMoves} tells them apart; returns those that may still be under way. */
export async function closeLostMoves(
  journal: PaymentJournal,
  operations: readonly OperationRecord[],
  moved: Money,
  gateway_reference: string,
): Promise<readonly OperationRecord[]> {
  const { went_through, still_open, untraced } = explainLostMoves(operations, moved);
  for (const { id } of went_through) {
    await journal.endOperation(id, { status: "succeeded", gateway_reference });
  }
  await endUntraced(journal, untraced);
  return still_open;
}

function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce<Money>(addMoney, { amount_minor: 0n, currency });
}
