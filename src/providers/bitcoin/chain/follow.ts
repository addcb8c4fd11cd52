import { DEFAULT_MEMORY_BLOCKS, lastBlock, type Cursor, type Position } from "./cursor";
import { NodeAnswersNonsense } from "./errors";
import type { ChainEvent } from "./events";
import { compareMempool } from "./mempool-step";
import { nextBlocks } from "./block-step";
import type { ChainSource, Tip } from "./source";
import type { Watch } from "./watch";

/** One step of a follower: what happened, and where it then stands. Both are to be stored together. */
export type Progress = Readonly<{
  /** In the order in which they are to be applied. */
  events: readonly ChainEvent[];
  position: Position;
  /**
   * True when chain and mempool have been compared to the end. Only then is a transaction that was in a disconnected
   * block, and has not been told of since, neither mined nor waiting.
   */
  at_tip: boolean;
}>;

export type FollowLimits = Readonly<{
  /** Blocks that the cursor remembers. */
  memory_blocks?: number;
  /** New transactions of the mempool that are read at most; those left over are read next time. */
  mempool_reads?: number;
}>;

const DEFAULT_MEMPOOL_READS = 5_000;
/** A chain that moves this often while it is read is not one. */
const MOST_MOVES = 10;

/**
 * Follows a chain from where it was left to where it is now, whatever happened meanwhile, and ends there: call it again
 * after a while, or on a hint. Its steps are small: to stop after any of them is safe, and none is yielded before
 * everything it tells is known. A reorganisation is one step, up to the height that was known before.
 *
 * What it costs grows with what is new: a request or two for a block and a lookup of its scripts; the mempool's ids and
 * each of its new transactions once. What is watched does not count.
 *
 * @param watch must know an address before anybody is told of it, and a transaction before it is sent
 * @throws ChainSourceError from between two steps: nothing of the unfinished one has happened. `NodeBehind` where the
 *   source's chain ends below what is known: that is no reorganisation, which is longer
 */
export async function* follow(
  source: ChainSource,
  from: Position,
  watch: Watch,
  { memory_blocks = DEFAULT_MEMORY_BLOCKS, mempool_reads = DEFAULT_MEMPOOL_READS }: FollowLimits = {},
): AsyncGenerator<Progress, void> {
  let position = from;
  for (let moves = 0; moves <= MOST_MOVES;) {
    const tip = await source.tip();
    if (tip.hash !== lastBlock(position.cursor).hash) {
      const step = await nextBlocks(source, position.cursor, watch, tip, memory_blocks);
      if (step === "moved") {
        moves += 1;
        continue;
      }
      position = { cursor: step.cursor, seen: seenAfter(position, step) };
      yield { events: step.events, position, at_tip: false };
      continue;
    }
    if (tip.is_syncing) {
      // The node takes no transactions yet; to take an empty mempool for the truth would lose those that wait.
      yield { events: [], position, at_tip: false };
      return;
    }
    const step = await compareMempool(source, position, watch, mempool_reads);
    if (await hasMoved(source, tip)) {
      // What is no longer in the mempool may just have been mined.
      moves += 1;
      continue;
    }
    yield { events: step.events, position: step.position, at_tip: step.is_complete };
    return;
  }
  throw new NodeAnswersNonsense(`The ${source.chain.title} node's chain does not hold still to be read.`);
}

async function hasMoved(source: ChainSource, tip: Tip): Promise<boolean> {
  return (await source.tip()).hash !== tip.hash;
}

/** After a reorganisation the mempool is read anew: what was mined and waits again had been seen before. */
function seenAfter(
  { seen, cursor }: Position,
  step: Readonly<{ cursor: Cursor; events: readonly ChainEvent[] }>,
): Position["seen"] {
  const is_valid = seen.revision === cursor.revision;
  const has_forked = step.events.some(({ kind }) => kind === "block_disconnected");
  return {
    revision: step.cursor.revision,
    txids: is_valid && !has_forked ? seen.txids : new Set(),
  };
}
