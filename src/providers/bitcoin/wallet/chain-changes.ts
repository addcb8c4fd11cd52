import type { ChainEvent } from "../chain/events";
import type { BlockPlace, ChainTransaction } from "../chain/source";
import type { OutputChange } from "./wallet-store";

/** Which invoice an output script belongs to. */
export type InvoiceOf = ReadonlyMap<string, string>;

/**
 * What a follower's events change of the outputs, in the same order.
 *
 * @param invoice_of of every script in the events that was given out
 */
export function changesOf(events: readonly ChainEvent[], invoice_of: InvoiceOf, now: Date): OutputChange[] {
  return events.flatMap((event): OutputChange[] => {
    switch (event.kind) {
      case "block_connected": {
        const { time_s, ...block } = event.block;
        const paid_at = earlierOf(new Date(time_s * 1_000), now);
        return event.transactions.flatMap((one) => outputsOf(one, invoice_of, block, paid_at));
      }
      case "block_disconnected":
        return [{ kind: "unmined", block_hash: event.block.hash }];
      case "transaction_seen":
        return outputsOf(event.transaction, invoice_of, null, now);
      case "transaction_gone":
        return event.because.kind === "mined"
          ? []
          : [{ kind: "lost", txid: event.txid, because: event.because.kind }];
      case "memory_exceeded":
        return [];
    }
  });
}

/** Newly mined coins are no payment: nobody could spend them for a hundred blocks. */
function outputsOf(
  { txid, outputs, is_coinbase }: ChainTransaction,
  invoice_of: InvoiceOf,
  block: BlockPlace | null,
  paid_at: Date,
): OutputChange[] {
  return (is_coinbase ? [] : outputs).flatMap(({ vout, value_sats, script }) => {
    const invoice_id = invoice_of.get(script);
    // An output of nothing pays nothing.
    return invoice_id === undefined || value_sats === 0n
      ? []
      : [{ kind: "there", output: { invoice_id, txid, vout, value_sats, paid_at, block } }];
  });
}

/** A miner's clock may be ahead. One that is behind makes a payment earlier than it was, which is the payer's gain. */
function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other;
}
