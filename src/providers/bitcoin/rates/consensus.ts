import { InvalidPrice, parsePrice, type ScaledPrice } from "./price";
import type { DropReason, Reading, Verdict } from "./readings";
import type { QuoteRules } from "./rules";

export type Consensus = Readonly<{
  /** The median of the prices that were used, if there are any. */
  rate: ScaledPrice | undefined;
  /** One for each reading, in its order. */
  verdicts: readonly Verdict[];
}>;

/**
 * Judges prices of the same pair: drops what is no price, stale, ahead of time or an outlier, and takes the median of what
 * is left. Outliers are looked for again after some were dropped, since the median moves.
 *
 * @param now Unix milliseconds
 */
export function consensusOf(
  readings: readonly Reading[],
  rules: Pick<QuoteRules, "max_age_ms" | "max_ahead_ms" | "max_deviation_bps">,
  now: number,
): Consensus {
  const judged = readings.map((reading) => judge(reading, rules, now));
  const candidates = judged.flatMap((one) => ("price" in one ? [one.price] : []));
  const kept = withoutOutliers(candidates, BigInt(rules.max_deviation_bps));
  const rate = kept.length > 0 ? median(kept) : undefined;
  return {
    rate,
    verdicts: judged.map(({ verdict, ...one }) =>
      "price" in one && !kept.includes(one.price) ? outlier(verdict, rules.max_deviation_bps) : verdict,
    ),
  };
}

type Judged = Readonly<{ verdict: Verdict; price: ScaledPrice } | { verdict: Verdict }>;

function judge(
  reading: Reading,
  { max_age_ms, max_ahead_ms }: Pick<QuoteRules, "max_age_ms" | "max_ahead_ms">,
  now: number,
): Judged {
  const { source } = reading;
  if ("failed" in reading) {
    const { failure: reason, message: detail } = reading.failed;
    return { verdict: { source, used: false, reason, detail } };
  }
  const at = reading.priced_at.getTime();
  if (Number.isNaN(at)) {
    return {
      verdict: { source, used: false, reason: "unreadable", detail: "does not tell the time of its price" },
    };
  }
  const told = { source, price: reading.price.slice(0, 64), priced_at: reading.priced_at.toISOString() };
  const dropped = (reason: DropReason, detail: string): Judged => ({
    verdict: { ...told, used: false, reason, detail },
  });
  const age_ms = now - at;
  if (age_ms > max_age_ms) {
    return dropped("stale", `is ${inSeconds(age_ms)} old, more than ${inSeconds(max_age_ms)}`);
  }
  if (-age_ms > max_ahead_ms) {
    return dropped("ahead", `is ${inSeconds(-age_ms)} ahead of this server's clock`);
  }
  try {
    return { verdict: { ...told, used: true }, price: parsePrice(reading.price) };
  } catch (error) {
    if (error instanceof InvalidPrice) {
      return dropped("not_a_price", error.message);
    }
    throw error;
  }
}

function withoutOutliers(prices: readonly ScaledPrice[], most_bps: bigint): readonly ScaledPrice[] {
  if (prices.length === 0) {
    return prices;
  }
  const middle = median(prices);
  const near = prices.filter((price) => distance(price, middle) * 10_000n <= middle * most_bps);
  return near.length === prices.length ? prices : withoutOutliers(near, most_bps);
}

/** The middle one, or halfway between the middle two. Exact: prices of sources leave room for the half. */
function median(prices: readonly ScaledPrice[]): ScaledPrice {
  const sorted = prices.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) {
    throw new RangeError("There is no median of nothing.");
  }
  return (low + high) / 2n;
}

function outlier(verdict: Verdict, most_bps: number): Verdict {
  const detail = `is more than ${most_bps} basis points from the median`;
  return { ...verdict, used: false, reason: "outlier", detail };
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}

function inSeconds(duration_ms: number): string {
  return `${Math.round(duration_ms / 1000)} s`;
}
