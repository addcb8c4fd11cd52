import type { Coin } from "./coins";

/** What a source says one whole coin costs. */
export type SourcePrice = Readonly<{
  /** In the currency's main unit, e.g. euros; a decimal exactly as the source gave it. Not judged yet. */
  price: string;
  /** The moment it was the price. */
  priced_at: Date;
}>;

/** Somewhere prices can be asked for: an exchange, an index, or what an operator wrote down. */
export interface RateSource {
  /** Short and unique, e.g. `kraken`; quotes and refusals name it. */
  readonly name: string;
  /** ISO 4217 codes in upper case that it prices each coin in. */
  readonly currencies: Readonly<Record<Coin, readonly string[]>>;
  /**
   * The price of one coin now.
   * @param signal ends the question
   * @throws RateSourceError
   */
  fetch(coin: Coin, currency: string, signal: AbortSignal): Promise<SourcePrice>;
}

/**
 * Why a source gave no price:
 * - `timed_out`: no whole answer in time
 * - `unreachable`: no connection, or it broke off
 * - `rate_limited`: it wants to be left alone for a while
 * - `refused`: it answered that it will not, e.g. for an unknown pair
 * - `unreadable`: its answer is not what its documentation promises
 * - `not_a_price`: its answer is no price of a coin: zero, negative, NaN, out of all proportion
 */
export const SOURCE_FAILURES = [
  "timed_out",
  "unreachable",
  "rate_limited",
  "refused",
  "unreadable",
  "not_a_price",
] as const;

export type SourceFailure = (typeof SOURCE_FAILURES)[number];

/** A source gave no price. The message is safe to log. */
export class RateSourceError extends Error {
  override readonly name = "RateSourceError";
  /** With `rate_limited`: how long the source wants to be left alone, if it says. */
  readonly retry_after_ms: number | undefined;

  constructor(
    readonly failure: SourceFailure,
    message: string,
    { retry_after_ms, cause }: { retry_after_ms?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.retry_after_ms = retry_after_ms;
  }
}
