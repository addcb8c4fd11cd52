import { createHash } from "node:crypto";
import { CHAINS } from "../../src/providers/bitcoin/chains";
import type { Block, ChainSource, ChainTransaction } from "../../src/providers/bitcoin/chain/source";

const START_TIME_S = 1_893_456_000;

/** A chain of decoded blocks in memory, for what follows a chain and must not wait for one. */
export class MemoryChain implements ChainSource {
  readonly chain = CHAINS["bitcoin-regtest"];
  private readonly blocks: Block[] = [];
  private readonly waiting = new Map<string, ChainTransaction>();
  private made = 0;

  constructor() {
    this.mine([]);
  }

  get height(): number {
    return this.blocks.length - 1;
  }

  /** Puts a transaction among those that wait. */
  wait(transaction: ChainTransaction): void {
    this.waiting.set(transaction.txid, transaction);
  }

  forget(txid: string): void {
    this.waiting.delete(txid);
  }

  /** @param transactions all that wait when left out */
  mine(transactions: readonly ChainTransaction[] = [...this.waiting.values()]): Block {
    transactions.forEach(({ txid }) => this.waiting.delete(txid));
    const block: Block = {
      hash: this.newId("block"),
      previous_hash: this.blocks.at(-1)?.hash ?? "00".repeat(32),
      time_s: START_TIME_S + 600 * this.blocks.length,
      transactions,
    };
    this.blocks.push(block);
    return block;
  }

  /** Takes the last blocks back; what they held is nowhere then. */
  cut(blocks: number): void {
    this.blocks.splice(-blocks);
  }

  /** A transaction of its own that pays these outputs. */
  paying(...outputs: readonly Readonly<{ script: string; value_sats: bigint }>[]): ChainTransaction {
    return {
      txid: this.newId("transaction"),
      is_coinbase: false,
      inputs: [{ txid: this.newId("coin"), vout: 0 }],
      outputs: outputs.map((output, vout) => ({ ...output, vout })),
    };
  }

  genesisHash() {
    return Promise.resolve(this.chain.genesis_hash);
  }

  tip() {
    const { height } = this;
    return Promise.resolve({ height, hash: this.blocks[height]?.hash ?? "", is_syncing: false });
  }

  blockHashAt(height: number) {
    return Promise.resolve(this.blocks[height]?.hash);
  }

  block(hash: string) {
    return Promise.resolve(this.blocks.find((block) => block.hash === hash));
  }

  mempoolTxids() {
    return Promise.resolve([...this.waiting.keys()]);
  }

  mempoolTransactions(txids: readonly string[]) {
    return Promise.resolve(txids.flatMap((txid) => this.waiting.get(txid) ?? []));
  }

  isInMempool(txid: string) {
    return Promise.resolve(this.waiting.has(txid));
  }

  transaction(txid: string) {
    const waiting = this.waiting.get(txid);
    if (waiting) {
      return Promise.resolve({ transaction: waiting, raw: "", place: { kind: "mempool" } as const });
    }
    for (const { hash, transactions } of this.blocks) {
      const transaction = transactions.find((one) => one.txid === txid);
      if (transaction) {
        return Promise.resolve({ transaction, raw: "", place: { kind: "block", hash } as const });
      }
    }
    return Promise.resolve(undefined);
  }

  outputState(): Promise<never> {
    return Promise.reject(new Error("Nobody spends in this chain."));
  }

  broadcast(): Promise<never> {
    return Promise.reject(new Error("Nothing is sent in this chain."));
  }

  testAcceptance() {
    return Promise.resolve(undefined);
  }

  feeRate() {
    return Promise.resolve(undefined);
  }

  private newId(what: string): string {
    return createHash("sha256")
      .update(`${what} ${(this.made += 1)}`)
      .digest("hex");
  }
}
