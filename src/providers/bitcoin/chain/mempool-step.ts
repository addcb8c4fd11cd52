import type { Cursor, Position } from "./cursor";
import type { ChainEvent, GoneReason } from "./events";
import type { ChainSource, ChainTransaction } from "./source";
import { spendersOf } from "./spenders";
import { watchedAmong, type Watch } from "./watch";

export type MempoolStep = Readonly<{
  events: readonly ChainEvent[];
  position: Position;
  /**
   * False when there was more that is new than may be read at once, or when the source's mempool and chain do not fit
   * together yet. What is gone is told when all is read.
   */
  is_complete: boolean;
}>;

/**
 * Compares the mempool with how it was seen last, and reads what is new in it. A service may tell its mempool as it was
 * before its last block, or after its next: what is about to be told is therefore asked for by itself once more.
 *
 * @param position at the source's tip
 * @param most transactions that are read
 */
export async function compareMempool(
  source: ChainSource,
  { cursor, seen }: Position,
  watch: Watch,
  most: number,
): Promise<MempoolStep> {
  const seen_before = seen.revision === cursor.revision ? seen.txids : new Set<string>();
  const now = new Set(await source.mempoolTxids());
  const fresh = [...now].filter((txid) => !seen_before.has(txid));
  const read = await source.mempoolTransactions(fresh.slice(0, most));

  const { arrived, stale } = await newcomers(source, cursor, await watchedAmong(watch, read));
  const missing = cursor.waiting.map(({ txid }) => txid).filter((txid) => !now.has(txid));
  const is_all_read = fresh.length <= most;
  const gone = is_all_read ? await reasonsFor(source, cursor, missing, read) : new Map<string, GoneReason>();

  const next = cursorAfter(cursor, gone, arrived);
  const txids = new Set([...seen_before].filter((txid) => now.has(txid)));
  read.filter(({ txid }) => !stale.has(txid)).forEach(({ txid }) => txids.add(txid));
  return {
    events: [
      ...[...gone].map(([txid, because]) => ({ kind: "transaction_gone", txid, because }) as const),
      ...arrived.map((transaction) => ({ kind: "transaction_seen", transaction }) as const),
    ],
    position: { cursor: next, seen: { revision: next.revision, txids } },
    is_complete: is_all_read && gone.size === missing.length,
  };
}

type Newcomers = Readonly<{ arrived: readonly ChainTransaction[]; stale: ReadonlySet<string> }>;

/** Those that do wait, and those that have left the mempool since it was listed: mined, most likely. */
async function newcomers(
  source: ChainSource,
  { waiting }: Cursor,
  watched: readonly ChainTransaction[],
): Promise<Newcomers> {
  const known = new Set(waiting.map(({ txid }) => txid));
  const arrived: ChainTransaction[] = [];
  const stale = new Set<string>();
  for (const transaction of watched.filter(({ txid }) => !known.has(txid))) {
    if (await source.isInMempool(transaction.txid)) {
      arrived.push(transaction);
    } else {
      stale.add(transaction.txid);
    }
  }
  return { arrived, stale };
}

/** Why each is missing. One that the source has after all, mined or waiting, is left out: a later look will tell. */
async function reasonsFor(
  source: ChainSource,
  { waiting }: Cursor,
  missing: readonly string[],
  read: readonly ChainTransaction[],
): Promise<ReadonlyMap<string, GoneReason>> {
  const spenders = spendersOf(waiting, read);
  const reasons = new Map<string, GoneReason>();
  for (const txid of missing) {
    const by = spenders.get(txid);
    if (by !== undefined) {
      reasons.set(txid, { kind: "replaced", by, in: "mempool" });
    } else if (((await source.transaction(txid))?.place.kind ?? "nowhere") === "nowhere") {
      reasons.set(txid, { kind: "dropped" });
    }
  }
  return reasons;
}

/** A look without news is no new cursor: there is nothing to store. */
function cursorAfter(
  cursor: Cursor,
  gone: ReadonlyMap<string, GoneReason>,
  arrived: readonly ChainTransaction[],
): Cursor {
  if (gone.size === 0 && arrived.length === 0) {
    return cursor;
  }
  const waiting = [
    ...cursor.waiting.filter(({ txid }) => !gone.has(txid)),
    ...arrived.map(({ txid, inputs }) => ({ txid, inputs })),
  ];
  return { ...cursor, revision: cursor.revision + 1, waiting };
}
