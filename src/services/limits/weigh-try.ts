import type { LimitScope, TryCounter } from "./counters";

/** What is counted under one key, the try in question included. */
export type TryCount = Readonly<{
  key: string;
  /** Tries under way, at the bank's page, or with an outcome nobody knows. */
  held: number;
  refused: number;
  /** The cart of the last refusal. */
  refused_cart_id: string | null;
  /** Until the count begins anew. */
  left_ms: number;
}>;

export type TryVerdict =
  Readonly<{ allowed: true }> | Readonly<{ allowed: false; scope: LimitScope; retry_after_ms: number }>;

/** Tries under way are decided within seconds; nobody can say when exactly. */
export const UNDECIDED_MS = 10_000;

/**
 * Whether a try may go to the bank. Tries that are not decided yet count like refusals, so that many at the same
 * moment cannot slip through.
 *
 * @param tightened_left_ms how long the stricter limits still hold; null when they do not. They end by themselves
 * when an attack does, so nobody is told to wait longer than that.
 */
export function weighTry(
  cart_id: string,
  counters: readonly TryCounter[],
  counts: readonly TryCount[],
  tightened_left_ms: number | null,
): TryVerdict {
  const waits = counters.flatMap((counter) => {
    const count = counts.find(({ key }) => key === counter.key);
    if (!count || (counter.tightened && tightened_left_ms === null)) {
      return [];
    }
    const wait_ms = waitFor(cart_id, counter, count);
    const ends_ms = counter.tightened ? (tightened_left_ms ?? 0) : Infinity;
    return wait_ms === 0 ? [] : [{ scope: counter.scope, retry_after_ms: Math.min(wait_ms, ends_ms) }];
  });
  const longest = waits.sort((one, other) => other.retry_after_ms - one.retry_after_ms)[0];
  return longest ? { allowed: false, ...longest } : { allowed: true };
}

/** 0 when the counter lets the try through. */
function waitFor(cart_id: string, { refusals, scope, tightened }: TryCounter, count: TryCount): number {
  const on_another_cart = tightened && scope === "address" && count.refused_cart_id !== cart_id;
  if (count.refused >= refusals || (count.refused > 0 && on_another_cart)) {
    return count.left_ms;
  }
  return count.held + count.refused > refusals ? Math.min(UNDECIDED_MS, count.left_ms) : 0;
}
