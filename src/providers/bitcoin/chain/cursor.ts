import { NodeBehind, NodeWarmingUp } from "./errors";
import type { BlockPlace, ChainSource, Outpoint } from "./source";

/** A watched transaction that waits to be mined, and what it spends: whatever spends the same takes its place. */
export type WaitingTransaction = Readonly<{ txid: string; inputs: readonly Outpoint[] }>;

/** How far a follower has come. Plain JSON, a few kilobytes: it is stored together with what its events led to. */
export type Cursor = Readonly<{
  /** Counts the steps that had events. */
  revision: number;
  /** The last blocks, newest last, without a gap; never empty. */
  blocks: readonly BlockPlace[];
  waiting: readonly WaitingTransaction[];
}>;

/**
 * A cursor, and the mempool as it was then. The mempool is not stored: without it, it is read once as a whole. It counts
 * only beside the cursor it was seen with, so that several servers can take turns with one stored cursor.
 */
export type Position = Readonly<{
  cursor: Cursor;
  seen: Readonly<{ revision: number; txids: ReadonlySet<string> }>;
}>;

/** Blocks that a cursor remembers: a reorganisation as deep as that has never been seen on a main chain. */
export const DEFAULT_MEMORY_BLOCKS = 100;
const CONCURRENT_REQUESTS = 8;

/** Where a follower goes on that was stopped. */
export function resumeAt(cursor: Cursor): Position {
  return { cursor, seen: { revision: -1, txids: new Set() } };
}

/** The last block of a cursor. */
export function lastBlock({ blocks }: Pick<Cursor, "blocks">): BlockPlace {
  const last = blocks.at(-1);
  if (!last) {
    throw new Error("A chain cursor holds no block; it cannot have been stored by the follower.");
  }
  return last;
}

/**
 * A cursor for a follower that starts: what comes after its last block will be told.
 *
 * @param height of that last block; the tip's when left out, so that the past is not told
 * @throws NodeWarmingUp while the node fetches the chain, NodeBehind where it has no such block
 */
export async function startCursor(
  source: ChainSource,
  {
    height,
    memory_blocks = DEFAULT_MEMORY_BLOCKS,
  }: Readonly<{ height?: number; memory_blocks?: number }> = {},
): Promise<Cursor> {
  const tip = await source.tip();
  if (tip.is_syncing) {
    throw new NodeWarmingUp(
      `The ${source.chain.title} node is still fetching the chain (block ${tip.height}).`,
    );
  }
  const last = height ?? tip.height;
  const first = Math.max(0, last - memory_blocks + 1);
  const heights = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const blocks: BlockPlace[] = [];
  for (let at = 0; at < heights.length; at += CONCURRENT_REQUESTS) {
    blocks.push(
      ...(await Promise.all(heights.slice(at, at + CONCURRENT_REQUESTS).map((one) => placeAt(source, one)))),
    );
  }
  return { revision: 0, blocks, waiting: [] };
}

/** The block of the source's chain at a height. @throws NodeBehind where its chain is not that long */
export async function placeAt(source: ChainSource, height: number): Promise<BlockPlace> {
  const hash = await source.blockHashAt(height);
  if (hash === undefined) {
    throw new NodeBehind(`The ${source.chain.title} node has no block ${height} (any more).`);
  }
  return { height, hash };
}
