import type { Cursor, Position } from "./cursor";
import type { ChainEvent } from "./events";
import type { ChainSource } from "./source";
import { spendersOf } from "./spenders";
import { watchedAmong, type Watch } from "./watch";

export type MempoolStep = Readonly<{
  events: readonly ChainEvent[];
  position: Position;
  /** False when there was more that is new than may be read at once; what is gone is told when all is read. */
  is_complete: boolean;
}>;

/**
 * Compares the mempool with how it was seen last, and reads what is new in it.
 *
 * @param position at the source's tip @param most transactions that are read
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
  const is_complete = fresh.length <= most;

  const known = new Set(cursor.waiting.map(({ txid }) => txid));
  const arrived = (await watchedAmong(watch, read)).filter(({ txid }) => !known.has(txid));
  const gone = is_complete ? cursor.waiting.filter(({ txid }) => !now.has(txid)) : [];
  const spenders = spendersOf(gone, read);
  const events: ChainEvent[] = [
    ...gone.map(({ txid }): ChainEvent => {
      const by = spenders.get(txid);
      const because =
        by === undefined
          ? ({ kind: "dropped" } as const)
          : ({ kind: "replaced", by, in: "mempool" } as const);
      return { kind: "transaction_gone", txid, because };
    }),
    ...arrived.map((transaction): ChainEvent => ({ kind: "transaction_seen", transaction })),
  ];

  const left = new Set(gone.map(({ txid }) => txid));
  // A look without news is no new cursor: there is nothing to store.
  const next: Cursor =
    events.length === 0
      ? cursor
      : {
          ...cursor,
          revision: cursor.revision + 1,
          waiting: [
            ...cursor.waiting.filter(({ txid }) => !left.has(txid)),
            ...arrived.map(({ txid, inputs }) => ({ txid, inputs })),
          ],
        };
  const still_seen = [...seen_before].filter((txid) => now.has(txid));
  return {
    events,
    position: {
      cursor: next,
      seen: { revision: next.revision, txids: new Set([...still_seen, ...read.map(({ txid }) => txid)]) },
    },
    is_complete,
  };
}
