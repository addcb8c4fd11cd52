import { blockOn, keylessScript } from "./bytes";
import type { Journal } from "./journal";

/** What is mined belongs to the demo's wallet. */
export const WALLET = keylessScript("demo wallet");

/** Coins of blocks as deep as this may be spent, so that no reorganisation takes them back. */
export const MATURITY_BLOCKS = 100;
const FIRST_COINS = 200;
const BLOCK_INTERVAL_S = 600;

/** Mines blocks on demand, and by itself a while after a payment. */
export class Miner {
  private timer: NodeJS.Timeout | undefined;
  /** Blocks that are still to come by themselves. */
  private left = 0;

  constructor(
    private readonly journal: Journal,
    private readonly options: Readonly<{
      /** From a payment to its block, and from there to the next. */
      block_interval_ms: number;
      /** As many confirmations a payment gets by itself. */
      confirmations: number;
      now: () => number;
    }>,
  ) {
    this.begin();
    if (journal.state.waiting.length > 0) {
      this.expectBlocks();
    }
  }

  /** Mines what waits; further blocks are empty. */
  mine(blocks = 1): void {
    for (let made = 0; made < blocks; made += 1) {
      this.extend(this.journal.state.tip, true);
    }
  }

  /** Replaces the last blocks by one more of others, which are empty: what was in the old ones waits again. */
  reorganise(depth: number): void {
    const { state } = this.journal;
    const root = state.blockAt(state.tip.height - depth);
    if (!root) {
      throw new Error("The chain is shorter than that.");
    }
    this.extend(root, false);
    for (let made = 0; made < depth; made += 1) {
      this.extend(state.tip, false);
    }
    this.expectBlocks();
  }

  /** To be called when something waits. */
  expectBlocks(): void {
    this.left = this.options.confirmations;
    this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private schedule(): void {
    const waits = this.journal.state.waiting.length > 0;
    if (this.timer === undefined && (waits || this.left > 0)) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.left -= 1;
        this.mine();
        this.schedule();
      }, this.options.block_interval_ms);
    }
  }

  /** A new chain has coins to begin with. Its blocks are as old as if they had been mined all along. */
  private begin(): void {
    const blocks = FIRST_COINS + MATURITY_BLOCKS;
    const { state } = this.journal;
    while (state.tip.height < blocks) {
      const age_s = (blocks - state.tip.height) * BLOCK_INTERVAL_S;
      this.extend(state.tip, false, Math.floor(this.options.now() / 1_000) - age_s);
    }
  }

  private extend(
    { hash, height }: Readonly<{ hash: string; height: number }>,
    with_waiting: boolean,
    time_s = Math.floor(this.options.now() / 1_000),
  ): void {
    const waiting = with_waiting ? this.journal.state.waiting.map(({ transaction }) => transaction) : [];
    this.journal.addBlock(blockOn(hash, height + 1, time_s, WALLET, waiting));
  }
}
