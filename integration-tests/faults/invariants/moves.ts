import type { BankRow } from "../system/bank";
import type { Books, OperationBook } from "./books";

/**
 * Money the bank moved once. `written` is what Tender wrote down before it asked; `is_return`: no operator asked for it,
 * since what belongs to no order goes back, by Tender or by Medusa's own completion that failed.
 */
export type Move = Readonly<{
  amount_minor: number;
  by_us: boolean;
  written: OperationBook | undefined;
  is_return: boolean;
}>;

/** What Tender gives back of its own accord is journalled under a source with this in it, and what was back before. */
const RETURN = /:return:\d+$/;

/** What the bank moved by a call of its own; a capture that came with its authorization is none. */
export function movesOf(books: Books, row: BankRow, kind: "capture" | "refund"): readonly Move[] {
  return row.operations
    .filter((operation) => operation.kind === kind)
    .map(({ amount_minor, idempotency_key }) => {
      const written = books.operations.find(({ bank_key }) => bank_key === idempotency_key);
      const is_return = kind === "refund" && written !== undefined && isReturn(books, written);
      return { amount_minor, by_us: idempotency_key !== null, written, is_return };
    })
    .filter(({ written }) => written?.kind !== "authorize");
}

function isReturn({ attempts }: Books, { attempt_id, source_id }: OperationBook): boolean {
  return RETURN.test(source_id ?? "") || attempts.find(({ id }) => id === attempt_id)?.order_id === null;
}

/** What Tender gave back of the payment of its own accord. */
export function returnedMinor(books: Books, row: BankRow): number {
  return movesOf(books, row, "refund")
    .filter(({ is_return }) => is_return)
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
}
