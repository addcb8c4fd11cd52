import type { BlockPlace, ChainTransaction } from "./source";

/** Why a watched transaction no longer waits to be mined. */
export type GoneReason =
  | Readonly<{ kind: "mined"; block: BlockPlace }>
  /** Another transaction spends the same: a higher fee, or a double spend. In a block, it is there to stay. */
  | Readonly<{ kind: "replaced"; by: string; in: "mempool" | "block" }>
  /** The node dropped it: too low a fee, too long a wait, or a replacement nobody saw. It may come back. */
  | Readonly<{ kind: "dropped" }>;

/** What a follower tells. Transactions are the watched ones alone. */
export type ChainEvent =
  | Readonly<{
      kind: "block_connected";
      block: BlockPlace & Readonly<{ time_s: number }>;
      transactions: readonly ChainTransaction[];
    }>
  /** Newest first. What it held is mined again, waits again or is lost: the events after it, up to the tip, tell. */
  | Readonly<{ kind: "block_disconnected"; block: BlockPlace }>
  /**
   * The chain forked deeper than the cursor remembers. The walk goes on from further down, and may connect blocks that
   * are known already. What is known of blocks below `below_height` is to be held against the source.
   */
  | Readonly<{ kind: "memory_exceeded"; below_height: number }>
  | Readonly<{ kind: "transaction_seen"; transaction: ChainTransaction }>
  | Readonly<{ kind: "transaction_gone"; txid: string; because: GoneReason }>;
