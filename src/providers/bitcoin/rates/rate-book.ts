import { messageOf } from "../../../gateway/errors";
import type { Coin } from "./coins";
import { consensusOf } from "./consensus";
import { NoQuote } from "./no-quote";
import { quoteFrom, type Quote } from "./quote";
import { RateSourceError, type RateSource } from "./rate-source";
import type { Reading } from "./readings";
import { QuoteRulesSchema, type QuoteRules } from "./rules";

/** For one source to answer in. */
const SOURCE_TIMEOUT_MS = 4_000;
/** How long what sources said is quoted from before they are asked again. */
const CACHE_MS = 30_000;
/** The same after they did not allow a quote: soon again, but not by every shopper. */
const REFUSED_CACHE_MS = 5_000;
/** How long a source is left alone that was asked too often and does not say for how long. */
const REST_MS = 60_000;
const LONGEST_REST_MS = 10 * 60_000;

export type RateBookOptions = Readonly<{
  sources: readonly RateSource[];
  rules?: Partial<QuoteRules>;
  source_timeout_ms?: number;
  cache_ms?: number;
  /** Unix milliseconds. */
  now?: () => number;
}>;

type Gathered = Readonly<{ readings: readonly Reading[]; until: number }>;

/**
 * Quotes from several sources, each asked at most once at a time for a pair, however many callers wait. What it keeps is a
 * cache: the quotes it gives are its callers' to remember.
 */
export class RateBook {
  private readonly sources: readonly RateSource[];
  private readonly rules: QuoteRules;
  private readonly source_timeout_ms: number;
  private readonly cache_ms: number;
  private readonly now: () => number;
  private readonly gathered = new Map<string, Gathered>();
  private readonly gathering = new Map<string, Promise<Gathered>>();
  /** Until when a source is left alone, by its name. */
  private readonly resting = new Map<string, number>();

  /** @throws RangeError for two sources of one name, or fewer sources than must agree; ZodError for rules out of range */
  constructor({
    sources,
    rules = {},
    source_timeout_ms = SOURCE_TIMEOUT_MS,
    cache_ms = CACHE_MS,
    now = Date.now,
  }: RateBookOptions) {
    this.rules = QuoteRulesSchema.parse(rules);
    if (new Set(sources.map(({ name }) => name)).size !== sources.length) {
      throw new RangeError("Two rate sources have the same name.");
    }
    if (sources.length < this.rules.minimum_sources) {
      throw new RangeError(
        `${this.rules.minimum_sources} rate sources must agree, but there are ${sources.length}.`,
      );
    }
    this.sources = sources;
    this.source_timeout_ms = source_timeout_ms;
    this.cache_ms = cache_ms;
    this.now = now;
  }

  /** The currencies, sorted, that enough sources price the coin in. */
  currencies(coin: Coin): readonly string[] {
    const all = new Set(this.sources.flatMap((source) => source.currencies[coin]));
    return [...all]
      .filter((currency) => this.sourcesOf(coin, currency).length >= this.rules.minimum_sources)
      .toSorted();
  }

  /**
   * A quote of this moment. No caller waits longer for it than for one source's timeout.
   *
   * @param terms in place of the rules', e.g. no spread where coins are given back
   * @throws NoQuote when the sources do not allow one
   */
  async quote(
    coin: Coin,
    currency: string,
    terms: Partial<Pick<QuoteRules, "spread_bps" | "lifetime_ms">> = {},
  ): Promise<Quote> {
    const { spread_bps = this.rules.spread_bps, lifetime_ms = this.rules.lifetime_ms } = terms;
    const rules = QuoteRulesSchema.parse({ ...this.rules, spread_bps, lifetime_ms });
    const { readings } = await this.current(coin, currency);
    return quoteFrom({ coin, currency }, readings, rules, this.now());
  }

  private async current(coin: Coin, currency: string): Promise<Gathered> {
    const pair = `${coin}-${currency}`;
    const known = this.gathered.get(pair);
    if (known && known.until > this.now()) {
      return known;
    }
    const sources = this.sourcesOf(coin, currency);
    if (sources.length < this.rules.minimum_sources) {
      const why = `${sources.length} sources price it, ${this.rules.minimum_sources} are needed`;
      throw new NoQuote(coin, currency, why, []);
    }
    const gathering =
      this.gathering.get(pair) ??
      this.gather(sources, coin, currency)
        .then((gathered) => {
          this.gathered.set(pair, gathered);
          return gathered;
        })
        .finally(() => this.gathering.delete(pair));
    this.gathering.set(pair, gathering);
    return gathering;
  }

  private async gather(sources: readonly RateSource[], coin: Coin, currency: string): Promise<Gathered> {
    const readings = await Promise.all(sources.map((source) => this.read(source, coin, currency)));
    const used = consensusOf(readings, this.rules, this.now()).verdicts.filter((verdict) => verdict.used);
    const kept_ms = used.length >= this.rules.minimum_sources ? this.cache_ms : REFUSED_CACHE_MS;
    return { readings, until: this.now() + Math.min(kept_ms, this.cache_ms) };
  }

  private async read(source: RateSource, coin: Coin, currency: string): Promise<Reading> {
    const { name } = source;
    const rests_until = this.resting.get(name) ?? 0;
    if (rests_until > this.now()) {
      const until = new Date(rests_until).toISOString();
      return {
        source: name,
        failed: new RateSourceError("rate_limited", `${name} is left alone until ${until}`),
      };
    }
    try {
      return { source: name, ...(await this.inTime((signal) => source.fetch(coin, currency, signal))) };
    } catch (error) {
      const failed =
        error instanceof RateSourceError ? error : new RateSourceError("unreadable", messageOf(error));
      if (failed.failure === "rate_limited") {
        this.resting.set(name, this.now() + Math.min(failed.retry_after_ms ?? REST_MS, LONGEST_REST_MS));
      }
      return { source: name, failed };
    }
  }

  /** Whatever the source makes of its signal, it holds up nobody for longer. */
  private async inTime<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const patience = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new RateSourceError("timed_out", `no whole answer within ${this.source_timeout_ms} ms`));
        patience.abort();
      }, this.source_timeout_ms);
    });
    try {
      return await Promise.race([ask(patience.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private sourcesOf(coin: Coin, currency: string): readonly RateSource[] {
    return this.sources.filter((source) => source.currencies[coin].includes(currency));
  }
}
