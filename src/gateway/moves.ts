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

/** One of Medusa's captures or refunds. `mirrored`: nobody asked for it here, it records what the gateway had moved. */
export type RecordedMove = Readonly<{ id: string; amount: Money; created_at: Date; mirrored: boolean }>;

/** Medusa writes its capture or refund before it asks the provider: a younger one may still be on its way. */
export const IN_FLIGHT_MS = 90_000;

/** A move is looked at this long after it was asked for, when its row is old enough to be judged: the server may stop. */
export const LOOK_AFTER_MS = IN_FLIGHT_MS + 5_000;

/** Medusa's rows for which no call is known to have gone through. */
export function withoutCall(
  rows: readonly RecordedMove[],
  operations: readonly OperationRecord[],
): RecordedMove[] {
  const made = new Set(
    operations.flatMap(({ status, source_id }) => (status === "succeeded" && source_id ? [source_id] : [])),
  );
  return rows.filter(({ id }) => !made.has(id));
}

/** The rows that stand for money that was moved, without those that may still wait for their call. */
export function withoutWaiting(
  rows: readonly RecordedMove[],
  operations: readonly OperationRecord[],
): RecordedMove[] {
  const waiting = withoutCall(rows, operations).filter(isInFlight);
  return rows.filter((row) => !waiting.includes(row));
}

/** True for a row that is so young that its call may not have been made yet. */
export function isInFlight(row: RecordedMove): boolean {
  return ageOf(row) < IN_FLIGHT_MS;
}

/** Milliseconds since Medusa wrote the row. */
export const ageOf = ({ created_at }: RecordedMove): number => Date.now() - created_at.getTime();

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
  const extra = subtractMoney(moved, succeededSum(operations, moved.currency));
  const { parts: went_through } = partsOf(extra, lost);
  const rest = lost.filter((operation) => !went_through.includes(operation));
  return {
    went_through,
    still_open: rest.filter(isRecent),
    untraced: rest.filter((operation) => !isRecent(operation)),
  };
}

/** Which of the operations make up the amount: one alone, or as many as fit into it; and what is left of it. */
export function partsOf(
  amount: Money,
  operations: readonly OperationRecord[],
): { parts: OperationRecord[]; rest: Money } {
  const whole = operations.find((operation) => isOf(amount, operation));
  if (whole) {
    return { parts: [whole], rest: subtractMoney(amount, amount) };
  }
  const parts: OperationRecord[] = [];
  let rest = amount;
  for (const operation of operations) {
    if (operation.amount && operation.amount.amount_minor <= rest.amount_minor) {
      parts.push(operation);
      rest = subtractMoney(rest, operation.amount);
    }
  }
  return { parts, rest };
}

export function isOf(amount: Money, operation: OperationRecord): boolean {
  return operation.amount !== null && sameMoney(operation.amount, amount);
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
    await journal.endOperation(id, {
      status: "succeeded",
      error_kind: "unknown",
      error_message: "Its answer was lost; the gateway shows that it went through.",
      gateway_reference,
    });
  }
  await endUntraced(journal, untraced);
  return still_open;
}

function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce<Money>(addMoney, { amount_minor: 0n, currency });
}
