/**
 * Durations are counted in steps, each a tenth longer than the one before, so that a median over a million payments is
 * read from some hundred counts. It is right to within 5 %.
 */
export const STEP_FACTOR = 1.1;

export type StepCount = Readonly<{ step: number; count: number }>;

/** The step a duration falls into; whatever is shorter than a millisecond is one. */
export function stepOf(duration_ms: number): number {
  return Math.floor(Math.log(Math.max(duration_ms, 1)) / Math.log(STEP_FACTOR));
}

/**
 * The duration that this share of all is not longer than, in milliseconds; `null` where nothing was counted.
 * @param share 0.5 for the median, 0.9 for the 90th percentile
 */
export function percentile(counts: readonly StepCount[], share: number): number | null {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  let left = Math.max(1, Math.ceil(total * share));
  for (const { step, count } of [...counts].sort((a, b) => a.step - b.step)) {
    left -= count;
    if (left <= 0 && count > 0) {
      // The middle of the step, as far from its end as from its beginning.
      return Math.round(STEP_FACTOR ** (step + 0.5));
    }
  }
  return null;
}
