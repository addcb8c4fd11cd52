import { z } from "@medusajs/framework/zod";
import { PriceText, UnixSeconds } from "../answer-parts";
import { httpSource } from "../http-source";
import { midPrice } from "../price";
import { RateSourceError } from "../rate-source";

/** Kraken's name for bitcoin differs from everybody else's. */
const ASSETS = { BTC: "XBT", LTC: "LTC" } as const;

const Spread = z.tuple([UnixSeconds, PriceText, PriceText]);

/** Problems are told in `error`, with status 200. */
const Answer = z.object({
  error: z.array(z.string()),
  /** The spreads under Kraken's own name for the pair, and `last`, a number. */
  result: z.record(z.string(), z.union([z.array(Spread), z.string()])).optional(),
});

const TOO_MANY = /too many requests|rate limit/i;

/**
 * Kraken, halfway between bid and ask: its ticker tells no time, its list of spreads does.
 * Documentation: https://docs.kraken.com/api-reference/market-data/get-recent-spreads
 */
export const kraken = httpSource({
  name: "kraken",
  title: "Kraken",
  base_url: "https://api.kraken.com",
  currencies: {
    BTC: ["AUD", "CAD", "CHF", "EUR", "GBP", "JPY", "USD"],
    LTC: ["AUD", "EUR", "GBP", "JPY", "USD"],
  },
  path: (coin, currency) => `/0/public/Spread?pair=${ASSETS[coin]}${currency}`,
  answer: Answer,
  price({ error, result = {} }) {
    if (error.length > 0) {
      const said = error.join(", ").slice(0, 200);
      throw new RateSourceError(TOO_MANY.test(said) ? "rate_limited" : "refused", `Kraken said ${said}`);
    }
    const spreads = Object.values(result).flatMap((value) => (typeof value === "string" ? [] : value));
    const newest = spreads.toSorted(([one], [other]) => one.getTime() - other.getTime()).at(-1);
    if (!newest) {
      throw new RateSourceError("refused", "Kraken has no spread for the pair");
    }
    const [priced_at, bid, ask] = newest;
    return { price: midPrice(bid, ask), priced_at };
  },
});
