import { z } from "@medusajs/framework/zod";
import { PriceText, UnixSeconds } from "../answer-parts";
import { httpSource } from "../http-source";
import { midPrice } from "../price";

const Answer = z.object({ bid: PriceText, ask: PriceText, timestamp: UnixSeconds });

/**
 * Bitstamp, halfway between bid and ask: the ticker's time is theirs, while `last` may be of a trade hours ago.
 * Documentation: https://www.bitstamp.net/api/ (Ticker)
 */
export const bitstamp = httpSource({
  name: "bitstamp",
  title: "Bitstamp",
  base_url: "https://www.bitstamp.net",
  currencies: { BTC: ["EUR", "GBP", "USD"], LTC: ["EUR", "GBP", "USD"] },
  path: (coin, currency) => `/api/v2/ticker/${coin}${currency}/`.toLowerCase(),
  answer: Answer,
  price: ({ bid, ask, timestamp }) => ({ price: midPrice(bid, ask), priced_at: timestamp }),
});
