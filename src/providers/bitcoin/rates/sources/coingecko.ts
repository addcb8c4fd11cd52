import { z } from "@medusajs/framework/zod";
import { PriceText, UnixSeconds } from "../answer-parts";
import { httpSource } from "../http-source";
import { RateSourceError } from "../rate-source";
import { WORLD_CURRENCIES } from "./world-currencies";

/** CoinGecko's ids ("Coins List"). */
const IDS = { BTC: "bitcoin", LTC: "litecoin" } as const;

/** A coin or a currency that it does not know is left out, with status 200. */
const Answer = z.record(
  z.string(),
  z.object({ last_updated_at: UnixSeconds.nullish() }).catchall(PriceText.nullable()),
);

/**
 * CoinGecko's mean over many exchanges, in all of the world's currencies. Without a key it allows a handful of requests a
 * minute.
 * Documentation: https://docs.coingecko.com/demo/reference/simple-price and https://docs.coingecko.com/docs/errors-and-rate-limits
 */
export const coingecko = httpSource({
  name: "coingecko",
  title: "CoinGecko",
  base_url: "https://api.coingecko.com",
  currencies: { BTC: WORLD_CURRENCIES, LTC: WORLD_CURRENCIES },
  path: (coin, currency) =>
    `/api/v3/simple/price?ids=${IDS[coin]}&vs_currencies=${currency.toLowerCase()}` +
    "&include_last_updated_at=true&precision=full",
  answer: Answer,
  price(answer, { coin, currency }) {
    const { last_updated_at, ...prices } = answer[IDS[coin]] ?? {};
    const price = prices[currency.toLowerCase()];
    if (price == null || last_updated_at == null) {
      throw new RateSourceError("refused", `CoinGecko has no price of ${coin} in ${currency}`);
    }
    return { price, priced_at: last_updated_at };
  },
});
