import { z } from "@medusajs/framework/zod";
import { COIN_CODES, type Coin } from "./coins";
import { consensusOf } from "./consensus";
import { NoQuote } from "./no-quote";
import { InvalidPrice, parseShownPrice, showPrice } from "./price";
import { VerdictSchema, type Reading } from "./readings";
import { QuoteRulesSchema, type QuoteRules } from "./rules";

/** A rate that holds until a time, with what it was made from. Plain JSON, so that it survives a restart as it is. */
export const QuoteSchema = z.object({
  coin: z.enum(COIN_CODES),
  /** ISO 4217, upper case. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** What one whole coin costs, in the currency's main unit; a decimal. The spread is not in it. */
  rate: z.string().refine(isShownPrice, "is no price"),
  spread_bps: QuoteRulesSchema.shape.spread_bps.unwrap(),
  /** What each source said, and whether it was used. */
  sources: z.array(VerdictSchema).min(1),
  quoted_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});

export type Quote = Readonly<z.output<typeof QuoteSchema>>;

/** What was stored as a quote is none (any more). */
export class InvalidQuote extends Error {
  override readonly name = "InvalidQuote";
}

/**
 * Makes a quote of what the sources said.
 *
 * @param readings one for each source
 * @param now Unix milliseconds
 * @throws NoQuote when too few sources agree, or more were outliers than agree
 */
export function quoteFrom(
  { coin, currency }: Readonly<{ coin: Coin; currency: string }>,
  readings: readonly Reading[],
  rules: QuoteRules,
  now: number,
): Quote {
  const { rate, verdicts } = consensusOf(readings, rules, now);
  const used = verdicts.filter((verdict) => verdict.used).length;
  const outliers = verdicts.filter((verdict) => !verdict.used && verdict.reason === "outlier").length;
  if (rate === undefined || used < rules.minimum_sources) {
    const why = `${used} of ${verdicts.length} sources agree, ${rules.minimum_sources} are needed`;
    throw new NoQuote(coin, currency, why, verdicts);
  }
  if (outliers > used) {
    throw new NoQuote(coin, currency, `${used} sources agree, but ${outliers} do not`, verdicts);
  }
  return {
    coin,
    currency,
    rate: showPrice(rate),
    spread_bps: rules.spread_bps,
    sources: [...verdicts],
    quoted_at: new Date(now).toISOString(),
    expires_at: new Date(now + rules.lifetime_ms).toISOString(),
  };
}

/** Reads a quote that was stored as JSON. @throws InvalidQuote naming what is wrong */
export function parseQuote(stored: unknown): Quote {
  const parsed = QuoteSchema.safeParse(stored);
  if (!parsed.success) {
    throw new InvalidQuote(`The stored quote cannot be read: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

function isShownPrice(text: string): boolean {
  try {
    parseShownPrice(text);
    return true;
  } catch (error) {
    if (error instanceof InvalidPrice) {
      return false;
    }
    throw error;
  }
}
