import { lastBlock, placeAt, type Cursor, type WaitingTransaction } from "./cursor";
import { NodeBehind } from "./errors";
import type { ChainEvent } from "./events";
import type { Block, BlockPlace, ChainSource, Tip } from "./source";
import { spendersOf } from "./spenders";
import { watchedAmong, type Watch } from "./watch";

export type BlockStep = Readonly<{ cursor: Cursor; events: readonly ChainEvent[] }>;

/**
 * The next block of a chain that has grown; of one that has forked, everything up to the height that was known before.
 *
 * @param tip not the cursor's last block
 * @returns "moved" when the chain changed while it was read: nothing of it counts then
 * @throws NodeBehind when the source's chain ends below the cursor
 */
export async function nextBlocks(
  source: ChainSource,
  cursor: Cursor,
  watch: Watch,
  tip: Tip,
  memory_blocks: number,
): Promise<BlockStep | "moved"> {
  const known = lastBlock(cursor);
  if (tip.height < known.height) {
    throw new NodeBehind(
      `The ${source.chain.title} node's chain ends at block ${tip.height}, where block ${known.height} is known.`,
    );
  }
  const fork = await forkOf(source, cursor, memory_blocks);
  const events: ChainEvent[] = [...fork.events];
  let { blocks } = fork;
  let waiting = cursor.waiting;
  do {
    const next = await childOf(source, lastBlock({ blocks }), tip);
    if (!next) {
      return "moved";
    }
    const connected = await connect(next, waiting, watch);
    events.push(...connected.events);
    waiting = connected.waiting;
    blocks = [...blocks, next.place].slice(-memory_blocks);
  } while (lastBlock({ blocks }).height < known.height);
  return { cursor: { revision: cursor.revision + 1, blocks, waiting }, events };
}

type Fork = Readonly<{ blocks: readonly BlockPlace[]; events: readonly ChainEvent[] }>;

/** The blocks that are still in the chain, and the goodbye to those that are not. */
async function forkOf(source: ChainSource, { blocks }: Cursor, memory_blocks: number): Promise<Fork> {
  const left: BlockPlace[] = [];
  const kept = [...blocks];
  for (let last = kept.at(-1); last; last = kept.at(-1)) {
    if ((await source.blockHashAt(last.height)) === last.hash) {
      return { blocks: kept, events: left.map((block) => ({ kind: "block_disconnected", block })) };
    }
    left.push(last);
    kept.pop();
  }
  const below_height = left.at(-1)?.height ?? 0;
  // As far again below what was remembered: nothing says how deep the fork is.
  const root = await placeAt(source, Math.max(0, below_height - memory_blocks));
  return {
    blocks: [root],
    events: [
      { kind: "memory_exceeded", below_height },
      ...left.map((block) => ({ kind: "block_disconnected", block }) as const),
    ],
  };
}

type PlacedBlock = Readonly<{ place: BlockPlace; block: Block }>;

/** The block on top of another in the chain that ends in `tip`; undefined when that chain is no longer the source's. */
async function childOf(source: ChainSource, parent: BlockPlace, tip: Tip): Promise<PlacedBlock | undefined> {
  const height = parent.height + 1;
  const hash = height === tip.height ? tip.hash : await source.blockHashAt(height);
  const block = hash === undefined ? undefined : await source.block(hash);
  return block?.previous_hash === parent.hash ? { place: { height, hash: block.hash }, block } : undefined;
}

type Connected = Readonly<{ events: readonly ChainEvent[]; waiting: readonly WaitingTransaction[] }>;

async function connect(
  { place, block }: PlacedBlock,
  waiting: readonly WaitingTransaction[],
  watch: Watch,
): Promise<Connected> {
  const transactions = await watchedAmong(watch, block.transactions);
  const mined = new Set(block.transactions.map(({ txid }) => txid));
  const spenders = spendersOf(waiting, block.transactions);
  const gone = waiting.flatMap(({ txid }): ChainEvent[] => {
    if (mined.has(txid)) {
      return [{ kind: "transaction_gone", txid, because: { kind: "mined", block: place } }];
    }
    const by = spenders.get(txid);
    return by === undefined
      ? []
      : [{ kind: "transaction_gone", txid, because: { kind: "replaced", by, in: "block" } }];
  });
  return {
    events: [{ kind: "block_connected", block: { ...place, time_s: block.time_s }, transactions }, ...gone],
    waiting: waiting.filter(({ txid }) => !mined.has(txid) && !spenders.has(txid)),
  };
}
