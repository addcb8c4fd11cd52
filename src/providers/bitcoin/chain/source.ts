import type { Chain } from "../chains";

/** A block in its chain. Hashes are 64 lowercase hex digits, in the order nodes show them. */
export type BlockPlace = Readonly<{ height: number; hash: string }>;

/** The end of the source's best chain. */
export type Tip = BlockPlace &
  Readonly<{
    /** True while the node still fetches the chain for the first time, or after a long stop: it keeps no mempool then. */
    is_syncing: boolean;
    /** Its miner's clock, in seconds since 1970, where the source tells it with the tip. */
    time_s?: number;
  }>;

/** An output of a transaction, by which inputs name it. */
export type Outpoint = Readonly<{ txid: string; vout: number }>;

export type TransactionOutput = Readonly<{
  vout: number;
  value_sats: bigint;
  /** Lowercase hex. */
  script: string;
}>;

/** A transaction, decoded from its bytes. */
export type ChainTransaction = Readonly<{
  txid: string;
  is_coinbase: boolean;
  /** None of a coinbase. */
  inputs: readonly Outpoint[];
  outputs: readonly TransactionOutput[];
}>;

export type Block = Readonly<{
  hash: string;
  previous_hash: string;
  /** Its miner's clock, in seconds since 1970: hours off at times. */
  time_s: number;
  transactions: readonly ChainTransaction[];
}>;

/** Where a transaction is now. */
export type TransactionPlace =
  | Readonly<{ kind: "block"; hash: string }>
  | Readonly<{ kind: "mempool" }>
  /** The source has its bytes, from a block that is no longer in the chain; it is neither mined nor waiting to be. */
  | Readonly<{ kind: "nowhere" }>;

export type LocatedTransaction = Readonly<{
  transaction: ChainTransaction;
  /** Its bytes as lowercase hex. */
  raw: string;
  place: TransactionPlace;
}>;

/** What became of an output. */
export type OutputState =
  | Readonly<{ kind: "unspent" }>
  /** `by` is left out where the source does not know the spender. A spender may still be in the mempool. */
  | Readonly<{ kind: "spent"; by?: string }>
  /** There is no such output in chain or mempool (any more). */
  | Readonly<{ kind: "unknown" }>;

export type BroadcastOutcome =
  | Readonly<{ kind: "accepted"; txid: string }>
  /** It was in the mempool or in a block before. */
  | Readonly<{ kind: "already_there"; txid: string }>
  /** `reason` is the node's own word, such as `bad-txns-inputs-missingorspent`. */
  | Readonly<{ kind: "rejected"; reason: string }>;

export type AcceptanceTest =
  Readonly<{ kind: "acceptable" }> | Readonly<{ kind: "rejected"; reason: string }>;

/**
 * A view of one chain, through a node or a service. What it costs to follow the chain depends on what is new in it, never
 * on what is watched: there is no question about addresses here.
 *
 * Every method throws {@link ChainSourceError} and nothing else, has a time limit, and answers only after the source
 * has shown the chain's own genesis block.
 */
export interface ChainSource {
  readonly chain: Chain;
  /** The hash of block 0, as the source tells it. */
  genesisHash(): Promise<string>;
  tip(): Promise<Tip>;
  /** Undefined above the tip. */
  blockHashAt(height: number): Promise<string | undefined>;
  /** Undefined for a block the source does not have. Its hash and its transactions have been checked against its header. */
  block(hash: string): Promise<Block | undefined>;
  /** Every transaction that waits to be mined. @throws NodeWarmingUp while the source has not loaded them */
  mempoolTxids(): Promise<readonly string[]>;
  /** Those of the transactions that are in the mempool (still); in any order. */
  mempoolTransactions(txids: readonly string[]): Promise<readonly ChainTransaction[]>;
  isInMempool(txid: string): Promise<boolean>;
  /** Undefined where the source has none. A node finds mined ones only with its transaction index (`-txindex=1`). */
  transaction(txid: string): Promise<LocatedTransaction | undefined>;
  outputState(outpoint: Outpoint): Promise<OutputState>;
  /** Safe to repeat. @param raw a signed transaction as hex */
  broadcast(raw: string): Promise<BroadcastOutcome>;
  /** Whether the mempool would take it; undefined where the source cannot say without taking it. */
  testAcceptance(raw: string): Promise<AcceptanceTest | undefined>;
  /** Satoshis for 1,000 virtual bytes to be mined within so many blocks; undefined where the source has no estimate. */
  feeRate(within_blocks: number): Promise<bigint | undefined>;
}
