import { bitfinex } from "./bitfinex";
import { bitstamp } from "./bitstamp";
import { coinbase } from "./coinbase";
import { coingecko } from "./coingecko";
import { kraken } from "./kraken";

/** The real sources by the names that operators choose them by. {@link fixed} is not among them: it needs prices. */
export const HTTP_SOURCES = { bitfinex, bitstamp, coinbase, coingecko, kraken } as const;

export type HttpSourceName = keyof typeof HTTP_SOURCES;

export { fixed, type FixedPrices } from "./fixed";
