/** The first looks come this far apart; after `STEADY_LOOKS` of them the gap widens. */
export const FIRST_GAP_MS = 2_000;
const STEADY_LOOKS = 5;
const WIDENING = 1.5;
export const WIDEST_GAP_MS = 15_000;

/** How long to wait before look number `look` (from 0), in milliseconds. */
export function gapBefore_ms(look: number): number {
  const widened = FIRST_GAP_MS * WIDENING ** Math.max(0, look - STEADY_LOOKS + 1);
  return Math.min(Math.round(widened), WIDEST_GAP_MS);
}

/**
 * Looks again and again until a look says it is enough or the returned function is called. One look at a time;
 * the first after `FIRST_GAP_MS`.
 */
export function pollUntil(look: () => Promise<"again" | "enough">): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function schedule(count: number): void {
    timer = setTimeout(() => void run(count), gapBefore_ms(count));
  }

  async function run(count: number): Promise<void> {
    const verdict = await look();
    if (verdict === "again" && !stopped) schedule(count + 1);
  }

  schedule(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
