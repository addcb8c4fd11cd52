import type { Coin } from "../coins";
import { parsePrice } from "../price";
import { RateSourceError, type RateSource } from "../rate-source";

/** Decimals by coin and currency: `{ BTC: { EUR: "60000" } }`. */
export type FixedPrices = Readonly<Partial<Record<Coin, Readonly<Record<string, string>>>>>;

/**
 * Prices that somebody wrote down, always of this moment: for demonstrations and tests.
 * @throws InvalidPrice when one of them is none
 */
export function fixed(prices: FixedPrices, now: () => number = Date.now): RateSource {
  Object.values(prices)
    .flatMap(Object.values<string>)
    .forEach(parsePrice);
  return {
    name: "fixed",
    currencies: { BTC: Object.keys(prices.BTC ?? {}), LTC: Object.keys(prices.LTC ?? {}) },
    async fetch(coin, currency) {
      const price = prices[coin]?.[currency];
      if (price === undefined) {
        throw new RateSourceError("refused", `No fixed price of ${coin} in ${currency} is set`);
      }
      return { price, priced_at: new Date(now()) };
    },
  };
}
