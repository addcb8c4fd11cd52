import type { Money } from "../../../gateway/money";
import type { BlockPlace } from "../chain/source";
import type { Quote } from "../rates";

/** What a shopper is asked to pay: an address of its own, and how much has to arrive there until when. */
export type Invoice = Readonly<{
  id: string;
  /** The session's amount; no more than that is ever reported as taken. */
  amount: Money;
  quote: Quote;
  /** What the amount costs at the quote, rounded up. */
  due_sats: bigint;
  /** The least that counts as all of it; as the operator's policy was when it was made, like what follows. */
  required_sats: bigint;
  /** The blocks it has to be under. */
  confirmations_needed: number;
  /** Until then the quote holds. */
  expires_at: Date;
  /** When the shopper or the store gave it up; nothing that arrives later is for it. */
  canceled_at: Date | null;
  /** When it first had all it asks for, deep enough. What the chain takes back later is an alarm. */
  settled_at: Date | null;
}>;

/** Why an output stands for nothing now. */
export type OutputLoss =
  /** Another transaction spends the same and pays elsewhere, or pays us in its place. */
  | "replaced"
  /** The node no longer has it; it may come back. */
  | "dropped";

/** An output that pays an invoice's address. */
export type InvoiceOutput = Readonly<{
  txid: string;
  vout: number;
  value_sats: bigint;
  /** When it was there at the latest: when it was seen first, or its block's time where it was found in a block. */
  paid_at: Date;
  /** Null while it waits to be mined. */
  block: BlockPlace | null;
  lost: OutputLoss | null;
}>;
