export { COIN_CODES, COINS, unitsPerCoin, type Coin } from "./coins";
export { coinsFor, worthOf } from "./exchange";
export { NoQuote } from "./no-quote";
export { InvalidQuote, parseQuote, QuoteSchema, type Quote } from "./quote";
export { RateBook, type RateBookOptions } from "./rate-book";
export { RateSourceError, type RateSource, type SourceFailure, type SourcePrice } from "./rate-source";
export type { DropReason, Verdict } from "./readings";
export { QuoteRulesSchema, type QuoteRules } from "./rules";
export { fixed, HTTP_SOURCES, type FixedPrices, type HttpSourceName } from "./sources";
