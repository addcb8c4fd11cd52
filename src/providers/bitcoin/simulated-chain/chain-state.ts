import type { Block, Transaction } from "bitcoinjs-lib";
import type { Outpoint } from "../chain/source";
import { GENESIS, inputsOf, shown } from "./bytes";

export type KeptBlock = Readonly<{ hash: string; height: number; block: Block }>;

export type KeptTransaction = Readonly<{
  txid: string;
  transaction: Transaction;
  /** Undefined while it waits to be mined. */
  height: number | undefined;
}>;

const nameOf = ({ txid, vout }: Outpoint) => `${txid}:${vout}`;

/**
 * Chain and mempool in memory. Whatever is added makes room for itself, as the chain of the longest work and the last
 * of two double spends do: who adds has looked before.
 */
export class ChainState {
  private readonly blocks: KeptBlock[] = [];
  private readonly heights = new Map<string, number>();
  /** In the order they came, so that parents stand before their children. */
  private readonly transactions = new Map<string, KeptTransaction>();
  private readonly spenders = new Map<string, string>();

  constructor() {
    this.connect(GENESIS);
  }

  get tip(): KeptBlock {
    const tip = this.blocks.at(-1);
    if (!tip) {
      throw new Error("A chain has a first block.");
    }
    return tip;
  }

  get waiting(): readonly KeptTransaction[] {
    return [...this.transactions.values()].filter(({ height }) => height === undefined);
  }

  blockAt(height: number): KeptBlock | undefined {
    return this.blocks[height];
  }

  /** Undefined for blocks of a branch that was left, too. */
  block(hash: string): KeptBlock | undefined {
    return this.blocks[this.heights.get(hash) ?? -1];
  }

  transaction(txid: string): KeptTransaction | undefined {
    return this.transactions.get(txid);
  }

  /** Which transaction spends it, mined or waiting. */
  spenderOf(outpoint: Outpoint): string | undefined {
    return this.spenders.get(nameOf(outpoint));
  }

  outputOf({ txid, vout }: Outpoint): Transaction["outs"][number] | undefined {
    return this.transactions.get(txid)?.transaction.outs[vout];
  }

  /** Those outputs of a script that nobody spends. */
  unspentOf(script: Uint8Array): readonly (Outpoint & KeptTransaction & Readonly<{ value_sats: bigint }>)[] {
    return [...this.transactions.values()].flatMap((kept) =>
      kept.transaction.outs.flatMap((output, vout) =>
        Buffer.compare(output.script, script) === 0 && !this.spenderOf({ txid: kept.txid, vout })
          ? [{ ...kept, vout, value_sats: output.value }]
          : [],
      ),
    );
  }

  /** Has a transaction wait; those that wait and spend the same are gone with all that depends on them. */
  add(transaction: Transaction): void {
    this.keep(transaction, undefined);
  }

  /**
   * Puts a block on top of the one it names, and takes back those that stood there; what they held waits again.
   * @throws Error when there is no such block
   */
  connect(block: Block): void {
    const previous = this.heights.get(shown(block.prevHash ?? new Uint8Array())) ?? -1;
    if (previous < 0 && this.blocks.length > 0) {
      throw new Error("A block stands on none that is known.");
    }
    while (this.blocks.length > previous + 1) {
      this.disconnectTip();
    }
    const height = this.blocks.length;
    const hash = block.getId();
    this.blocks.push({ hash, height, block });
    this.heights.set(hash, height);
    block.transactions?.forEach((transaction) => this.keep(transaction, height));
  }

  private disconnectTip(): void {
    const tip = this.blocks.pop();
    if (!tip) {
      return;
    }
    this.heights.delete(tip.hash);
    const [coinbase, ...others] = tip.block.transactions ?? [];
    others.forEach((transaction) => this.place(transaction, undefined));
    if (coinbase) {
      this.remove(coinbase.getId());
    }
  }

  private keep(transaction: Transaction, height: number | undefined): void {
    const txid = transaction.getId();
    const inputs = inputsOf(transaction);
    for (const input of inputs) {
      const rival = this.spenderOf(input);
      if (rival !== undefined && rival !== txid) {
        this.remove(rival);
      }
    }
    inputs.forEach((input) => this.spenders.set(nameOf(input), txid));
    this.place(transaction, height);
  }

  private place(transaction: Transaction, height: number | undefined): void {
    const txid = transaction.getId();
    this.transactions.set(txid, { txid, transaction, height });
  }

  /** With everything that spends what it pays. */
  private remove(txid: string): void {
    const kept = this.transactions.get(txid);
    if (!kept) {
      return;
    }
    kept.transaction.outs.forEach((_, vout) => {
      const child = this.spenderOf({ txid, vout });
      if (child !== undefined) {
        this.remove(child);
      }
    });
    inputsOf(kept.transaction).forEach((input) => this.spenders.delete(nameOf(input)));
    this.transactions.delete(txid);
  }
}
