import { toMinor } from "../schedule/money";
import type { Ask, Lane } from "../schedule/lane";
import type { BankRow } from "../system/bank";
import type { AttemptChange } from "../system/watch-attempts";
import {
  MEDUSA_PAYMENTS,
  ORDERS,
  ATTEMPTS,
  FINDINGS,
  OPERATIONS,
  UNFINISHED_EVENTS,
  REPEATED_EVENTS,
  CHANGES,
  FORGED_EVENTS,
} from "./queries";

/** One try to pay, as Tender remembers it. Amounts everywhere here are minor units. */
export type AttemptBook = Readonly<{
  id: string;
  provider_id: string;
  status: string;
  amount_minor: number;
  gateway_reference: string | null;
  payment_session_id: string | null;
  order_id: string | null;
}>;

/** One call to the bank, as Tender wrote it down. */
export type OperationBook = Readonly<{
  id: string;
  attempt_id: string;
  kind: string;
  status: string;
  amount_minor: number | null;
  idempotency_key: string;
  /** What the bank's books have in the place of that. */
  bank_key: string;
  source_id: string | null;
  started_at: Date;
}>;

/** A payment as Medusa has it. */
export type PaymentBook = Readonly<{
  id: string;
  payment_session_id: string;
  amount_minor: number;
  captured_minor: number;
  refunded_minor: number;
  canceled: boolean;
}>;

export type OrderBook = Readonly<{ id: string; canceled: boolean; total_minor: number }>;

export type FindingBook = Readonly<{
  kind: string;
  attempt_id: string | null;
  status: "open" | "resolved";
  detail: string;
}>;

export type UnfinishedEvent = Readonly<{
  event_id: string;
  type: string;
  reference: string | null;
  status: string;
  tries: number;
  error: string | null;
  created_at: Date;
  next_try_at: Date | null;
}>;

export type RepeatedEvent = Readonly<{ event_id: string; rows: number }>;

/** Everything that was written down about one schedule's cart, on all three sides. */
export type Books = Readonly<{
  cart_id: string;
  orders: readonly OrderBook[];
  attempts: readonly AttemptBook[];
  operations: readonly OperationBook[];
  findings: readonly FindingBook[];
  /** What became of these attempts, change by change. */
  changes: readonly AttemptChange[];
  payments: readonly PaymentBook[];
  /** The bank's payments of these attempts. */
  bank: readonly BankRow[];
  /** Webhooks that came before everything was at rest, and reached no final state. */
  unfinished_events: readonly UnfinishedEvent[];
  /** Webhooks that stand in the inbox more than once. */
  repeated_events: readonly RepeatedEvent[];
  /** Forged webhooks that were stored all the same. */
  forged_events: readonly string[];
  asks: readonly Ask[];
}>;

/** Reads the books of one schedule. @param rested_at Unix ms by the common clock at which it had come to rest */
export async function readBooks(lane: Lane, rested_at: number): Promise<Books> {
  const { database, bank, gateway } = lane.stage;
  const { currency, providers } = lane.spec;
  const of_cart = [lane.cart_id];
  const attempts = (await database.rows<AttemptBook>(ATTEMPTS, of_cart)).map(numbered);
  const ids = new Set(attempts.map(({ id }) => id));
  const [orders, payments, operations, findings, changes, unfinished_events, repeated_events, forged, rows] =
    await Promise.all([
      database.rows<{ id: string; canceled: boolean; total: string }>(ORDERS, of_cart),
      database.rows<
        Record<"id" | "payment_session_id" | "amount" | "captured" | "refunded", string> & {
          canceled: boolean;
        }
      >(MEDUSA_PAYMENTS, of_cart),
      database.rows<Omit<OperationBook, "bank_key">>(OPERATIONS, [[...ids]]),
      database.rows<FindingBook>(FINDINGS, [[...ids]]),
      database.rows<AttemptChange>(CHANGES, [[...ids]]),
      database.rows<UnfinishedEvent>(UNFINISHED_EVENTS, [[...providers], new Date(rested_at)]),
      database.rows<RepeatedEvent>(REPEATED_EVENTS, [[...providers]]),
      database.rows<{ event_id: string }>(FORGED_EVENTS, [lane.forged]),
      bank.ledger(),
    ]);
  return {
    cart_id: lane.cart_id,
    orders: orders.map(({ total, ...order }) => ({ ...order, total_minor: toMinor(total, currency) })),
    attempts,
    operations: operations.map(numbered).map((operation) => ({
      ...operation,
      bank_key: gateway.keyAtBank(operation.kind, operation.idempotency_key),
    })),
    findings,
    changes,
    payments: payments.map(({ amount, captured, refunded, ...payment }) => ({
      ...payment,
      amount_minor: toMinor(amount, currency),
      captured_minor: toMinor(captured, currency),
      refunded_minor: toMinor(refunded, currency),
    })),
    bank: rows.filter(({ metadata }) => ids.has(metadata.attempt_id ?? "")),
    unfinished_events,
    repeated_events,
    forged_events: forged.map(({ event_id }) => event_id),
    asks: lane.asks,
  };
}

/** What the payer is out of pocket for: reserved or taken, and not given back. */
export function heldMinor({ authorized_minor, voided_minor, refunded_minor }: BankRow): number {
  return authorized_minor - voided_minor - refunded_minor;
}

/** The attempt a payment of the bank belongs to now; a payment may have been handed over. */
export function attemptOf({ attempts }: Books, row: BankRow): AttemptBook | undefined {
  return (
    attempts.find(
      ({ provider_id, gateway_reference }) =>
        provider_id === row.provider && gateway_reference === row.reference,
    ) ?? attempts.find(({ id }) => id === row.metadata.attempt_id)
  );
}

/** The kinds of open findings that name the attempt the payment belongs to, now or when it was made. */
export function findingsAbout(books: Books, row: BankRow): readonly string[] {
  return openFindings(books, [attemptOf(books, row)?.id, row.metadata.attempt_id]);
}

/** The kinds of open findings that name one of these attempts; any attempt of the cart when left out. */
export function openFindings(
  { findings }: Books,
  attempt_ids?: readonly (string | undefined)[],
): readonly string[] {
  return findings
    .filter(
      ({ attempt_id, status }) =>
        status === "open" && (!attempt_ids || (attempt_id !== null && attempt_ids.includes(attempt_id))),
    )
    .map(({ kind }) => kind);
}

/** Postgres hands amounts over as text. */
function numbered<T extends { amount_minor: number | null }>(row: T): T {
  return { ...row, amount_minor: row.amount_minor === null ? null : Number(row.amount_minor) };
}
