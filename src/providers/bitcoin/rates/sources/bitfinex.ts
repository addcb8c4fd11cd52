import { z } from "@medusajs/framework/zod";
import { PriceText, UnixMilliseconds } from "../answer-parts";
import { httpSource } from "../http-source";
import { RateSourceError } from "../rate-source";

/** ID, MTS, AMOUNT, PRICE. */
const Trade = z.tuple([z.string(), UnixMilliseconds, z.string(), PriceText]).rest(z.unknown());

/**
 * Bitfinex's last trade: its ticker tells no time. 15 requests a minute are allowed.
 * Documentation: https://docs.bitfinex.com/reference/rest-public-trades
 */
export const bitfinex = httpSource({
  name: "bitfinex",
  title: "Bitfinex",
  base_url: "https://api-pub.bitfinex.com",
  currencies: { BTC: ["EUR", "GBP", "JPY", "USD"], LTC: ["USD"] },
  path: (coin, currency) => `/v2/trades/t${coin}${currency}/hist?limit=1&sort=-1`,
  answer: z.array(Trade),
  price([last]) {
    if (!last) {
      throw new RateSourceError("refused", "Bitfinex has no trade of the pair");
    }
    const [, priced_at, , price] = last;
    return { price, priced_at };
  },
});
