import { z } from "@medusajs/framework/zod";
import { PriceText } from "../answer-parts";
import { httpSource } from "../http-source";
import { RateSourceError } from "../rate-source";
import { WORLD_CURRENCIES } from "./world-currencies";

const Answer = z.object({ data: z.object({ amount: PriceText, currency: z.string() }) });

/**
 * Coinbase's spot price, in all of the world's currencies. The answer tells no time but is "only correct for seconds", so
 * that it is of the moment at which it was made.
 * Documentation: https://docs.cdp.coinbase.com/coinbase-app/track-apis/prices
 */
export const coinbase = httpSource({
  name: "coinbase",
  title: "Coinbase",
  base_url: "https://api.coinbase.com",
  currencies: { BTC: WORLD_CURRENCIES, LTC: WORLD_CURRENCIES },
  path: (coin, currency) => `/v2/prices/${coin}-${currency}/spot`,
  answer: Answer,
  price({ data }, { currency, made_at }) {
    if (data.currency !== currency) {
      throw new RateSourceError("unreadable", `Coinbase's price is not in ${currency}`);
    }
    if (!made_at) {
      throw new RateSourceError("unreadable", "Coinbase's answer does not tell when it was made");
    }
    return { price: data.amount, priced_at: made_at };
  },
});
