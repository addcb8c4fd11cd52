import type { BigNumberInput, ILockingModule, MedusaContainer } from "@medusajs/framework/types";
import {
  ContainerRegistrationKeys,
  MathBN,
  Modules,
  PaymentCollectionStatus,
} from "@medusajs/framework/utils";
import { moneyFromDecimal } from "../../gateway";
import { countMove, countMoves, exactAmount, type Decimal, type Move } from "./order-transactions";
import { creditRefund } from "./refund-credit";
import { paymentModule } from "./payment-session";

type MoveRow = Decimal & Readonly<{ id: string }>;

type PaymentRow = Readonly<{
  id: string;
  currency_code: string;
  payment_collection_id: string;
  captures: readonly MoveRow[] | null;
  refunds: readonly MoveRow[] | null;
}>;

/** Counting is a few writes. */
const LOCK_TIMEOUT_SECONDS = 5;

const MOVE_FIELDS = ["captures", "refunds"].flatMap((moves) =>
  ["id", "amount", "raw_amount"].map((field) => `${moves}.${field}`),
);

/**
 * Ends what Medusa does after each capture and refund, and what a server that stopped in between left out: the order's
 * transaction of the row's own amount and no other, the credit line of a refund that the order did not owe, the sums of the payment
 * collection. Without the transaction Medusa's next move would count this one with that one's amount. May be repeated.
 *
 * @param is_over says of one of Medusa's rows, by its id, that its money was moved and Medusa is not at it any more
 * @returns the ids of the rows that are not counted yet: Medusa may be at them, or could not end them just now
 */
export async function endMoves(
  container: MedusaContainer,
  order_id: string,
  payment_session_id: string,
  is_over: (row_id: string) => boolean = () => true,
): Promise<readonly string[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "payment",
    fields: ["id", "currency_code", "payment_collection_id", ...MOVE_FIELDS],
    filters: { payment_session_id },
  });
  const left: string[] = [];
  for (const payment of data as unknown as PaymentRow[]) {
    const moves = movesOf(payment);
    const over = moves.filter(({ id }) => is_over(id));
    const all_over = over.length === moves.length;
    const { uncounted, miscounted, stray } = await countMoves(container, order_id, payment.id, moves);
    const is_waited_for = stray.length > 0 && !all_over;
    const wrong = [...uncounted.map(({ id }) => id), ...miscounted.map((row) => row.reference_id)];
    if (!is_waited_for && (stray.length > 0 || wrong.some(is_over))) {
      left.push(...(await countAlone(container, order_id, payment.id, over)));
    }
    if (all_over) {
      await addUp(container, payment.payment_collection_id);
    }
    left.push(...uncounted.flatMap(({ id }) => (is_over(id) && !is_waited_for ? [] : [id])));
  }
  return left;
}

function movesOf({ currency_code, captures, refunds }: PaymentRow): Move[] {
  const of = (reference: Move["reference"], rows: readonly MoveRow[] | null) =>
    (rows ?? []).map((row) => ({ id: row.id, reference, amount: exactAmount(row), currency_code }));
  return [...of("capture", captures), ...of("refund", refunds)];
}

/**
 * One at a time per order: a webhook and the reconciler may both have found the same.
 *
 * @returns the ids of those that could not be counted just now
 */
function countAlone(
  container: MedusaContainer,
  order_id: string,
  payment_id: string,
  moves: readonly Move[],
): Promise<readonly string[]> {
  const locking = container.resolve<ILockingModule>(Modules.LOCKING);
  return locking.execute(
    [`tender-count:${order_id}`],
    async () => {
      const left: string[] = [];
      const orders = container.resolve(Modules.ORDER);
      const { uncounted, miscounted, stray } = await countMoves(container, order_id, payment_id, moves);
      if (miscounted.length + stray.length > 0) {
        await orders.deleteOrderTransactions([...miscounted, ...stray].map(({ id }) => id));
      }
      for (const move of uncounted) {
        // One that was miscounted has had its credit line from the call that made it.
        const was_counted = miscounted.some(({ reference_id }) => reference_id === move.id);
        const lacks_credit = move.reference === "refund" && !was_counted;
        // Before the refund is counted, since it then is owed.
        if (lacks_credit && (await creditRefund(container, order_id, move)) === "later") {
          left.push(move.id);
          continue;
        }
        await countMove(container, order_id, move);
      }
      return left;
    },
    { timeout: LOCK_TIMEOUT_SECONDS },
  );
}

/** Medusa adds up all rows too, those included whose provider has not answered yet. */
async function addUp(container: MedusaContainer, id: string): Promise<void> {
  const payments = paymentModule(container);
  const collection = await payments.retrievePaymentCollection(id, {
    relations: ["payments.captures", "payments.refunds"],
  });
  if (collection.status === PaymentCollectionStatus.CANCELED) {
    return;
  }
  const { currency_code } = collection;
  const rows = collection.payments ?? [];
  const captured_amount = sumOf(rows.flatMap(({ captures }) => captures ?? []));
  const refunded_amount = sumOf(rows.flatMap(({ refunds }) => refunds ?? []));
  // As Medusa compares them: fractions of the smallest unit stay out.
  const covers = (sum: BigNumberInput) =>
    minorOf(sum, currency_code) >= minorOf(exactAmount(collection as MoveRow), currency_code);
  const is_complete = covers(captured_amount);
  const changes_end = is_complete !== (collection.status === PaymentCollectionStatus.COMPLETED);
  const agrees =
    MathBN.eq(captured_amount, collection.captured_amount ?? 0) &&
    MathBN.eq(refunded_amount, collection.refunded_amount ?? 0) &&
    !changes_end;
  if (agrees) {
    return;
  }
  const reopened = covers(collection.authorized_amount ?? 0)
    ? PaymentCollectionStatus.AUTHORIZED
    : PaymentCollectionStatus.PARTIALLY_AUTHORIZED;
  await payments.updatePaymentCollections(id, {
    captured_amount,
    refunded_amount,
    ...(changes_end && {
      status: is_complete ? PaymentCollectionStatus.COMPLETED : reopened,
      completed_at: is_complete ? new Date() : null,
    }),
  } as never);
}

const minorOf = (decimal: BigNumberInput, currency: string): bigint =>
  moneyFromDecimal(decimal, currency).amount_minor;

function sumOf(rows: readonly MoveRow[]) {
  return rows.reduce((sum, row) => MathBN.add(sum, exactAmount(row)), MathBN.convert(0));
}
