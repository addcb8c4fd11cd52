import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types";
import { MathBN, Modules } from "@medusajs/framework/utils";
import { paymentModule } from "./payment-session";

/** One of Medusa's amounts: `amount` went through a float, `raw_amount` did not. */
export type Decimal = Readonly<{ amount: BigNumberInput; raw_amount?: BigNumberInput }>;

export function exactAmount({ amount, raw_amount }: Decimal): BigNumberInput {
  return raw_amount ?? amount;
}

/** One of Medusa's captures or refunds. */
export type Move = Readonly<{
  id: string;
  reference: "capture" | "refund";
  amount: BigNumberInput;
  currency_code: string;
}>;

export type TransactionRow = Readonly<{ id: string; reference_id: string }>;

/** What of a payment's moves the order's transactions do not say as they should. */
export type Count = Readonly<{
  /** Moves without a right transaction. */
  uncounted: readonly Move[];
  /** Transactions of its moves that are for another amount or there twice. */
  miscounted: readonly TransactionRow[];
  /** Transactions that stand for no move: none of the payment's would be missed without them. */
  stray: readonly TransactionRow[];
}>;

/**
 * Compares a payment's moves with the transactions of its order. Medusa adds transactions for every row that lacks one,
 * those of other calls under way included, each with the amount of the call it is at, and keeps them where such a call then
 * fails and its row is taken away. Where an order is canceled it adds one under the payment's id, whether or not its refund
 * went through.
 */
export async function countMoves(
  container: MedusaContainer,
  order_id: string,
  payment_id: string,
  moves: readonly Move[],
): Promise<Count> {
  const counted = (await container
    .resolve(Modules.ORDER)
    .listOrderTransactions(
      { order_id },
      { select: ["id", "reference", "reference_id", "amount"] },
    )) as unknown as (Decimal & TransactionRow & Readonly<{ reference: string | null }>)[];
  const found = moves.map((move) => {
    const of_move = counted.filter(({ reference_id }) => reference_id === move.id);
    const right = of_move.find((row) => MathBN.eq(exactAmount(row), countedAmount(move)));
    return { move, right, wrong: of_move.filter((row) => row !== right) };
  });
  const of_others = counted.filter(({ reference_id }) => !moves.some(({ id }) => id === reference_id));
  const gone = await goneOf(container, of_others);
  return {
    uncounted: found.flatMap(({ move, right }) => (right ? [] : [move])),
    miscounted: found.flatMap(({ wrong }) => wrong),
    stray: of_others.filter(
      ({ reference, reference_id }) =>
        (reference === "refund" && reference_id === payment_id) || gone.has(reference_id),
    ),
  };
}

/** How the ids of Medusa's captures and refunds begin; what others count under names of theirs is not ours to judge. */
const ROW_ID = /^(capt|ref)_/;

/** Which of the transactions' captures and refunds are no more, of whichever payment they were. */
async function goneOf(
  container: MedusaContainer,
  transactions: readonly TransactionRow[],
): Promise<ReadonlySet<string>> {
  const ids = transactions.map(({ reference_id }) => reference_id).filter((id) => ROW_ID.test(id ?? ""));
  if (ids.length === 0) {
    return new Set();
  }
  const payments = paymentModule(container);
  const rows = await Promise.all([
    payments.listCaptures({ id: ids } as never, { select: ["id"], take: null }),
    payments.listRefunds({ id: ids } as never, { select: ["id"], take: null }),
  ]);
  const there = new Set(rows.flat().map(({ id }) => id));
  return new Set(ids.filter((id) => !there.has(id)));
}

/** Adds a move's transaction. */
export async function countMove(container: MedusaContainer, order_id: string, move: Move): Promise<void> {
  const { id: reference_id, reference, currency_code } = move;
  const amount = countedAmount(move);
  await container
    .resolve(Modules.ORDER)
    .addOrderTransactions([{ order_id, amount, currency_code, reference, reference_id }]);
}

/** Takes away what was counted of a row that stood for no money. */
export async function uncountMove(
  container: MedusaContainer,
  order_id: string,
  reference_id: string,
): Promise<void> {
  const orders = container.resolve(Modules.ORDER);
  const counted = await orders.listOrderTransactions({ order_id, reference_id } as never, { select: ["id"] });
  if (counted.length > 0) {
    await orders.deleteOrderTransactions(counted.map(({ id }) => id));
  }
}

/** What a move's transaction is for. */
function countedAmount({ reference, amount }: Move): BigNumberInput {
  return reference === "refund" ? MathBN.mult(amount, -1) : amount;
}
