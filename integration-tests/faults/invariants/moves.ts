import type { BankRow } from "../system/bank";
import type { Books, OperationBook } from "./books";

/** Money the bank moved once. `written` is what Tender wrote down before it asked. */
export type Move = Readonly<{ amount_minor: number; by_us: boolean; written: OperationBook | undefined }>;

/** What Tender gives back of its own accord is journalled under a source with this in it, and what was back before. */
const RETURN = /:return:\d+$/;

/** What the bank moved by a call of its own; a capture that came with its authorization is none. */
export function movesOf(books: Books, row: BankRow, kind: "capture" | "refund"): readonly Move[] {
  return row.operations
    .filter((operation) => operation.kind === kind)
    .map(({ amount_minor, idempotency_key }) => ({
      amount_minor,
      by_us: idempotency_key !== null,
      written: books.operations.find((written) => written.idempotency_key === idempotency_key),
    }))
    .filter(({ written }) => written?.kind !== "authorize");
}

/** True for a refund that no operator asked for, since Tender gives back what belongs to no order. */
export const isReturn = ({ written }: Move): boolean => RETURN.test(written?.source_id ?? "");

/** What Tender gave back of the payment of its own accord. */
export function returnedMinor(books: Books, row: BankRow): number {
  return movesOf(books, row, "refund")
    .filter(isReturn)
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0);
}
