import { exponentOf, InvalidMoney, money, type Money } from "../../../gateway/money";
import { unitsPerCoin } from "./coins";
import { PRICE_SCALE, parseShownPrice } from "./price";
import type { Quote } from "./quote";

const WHOLE_BPS = 10_000n;

/**
 * What an amount costs at a quote, its spread included: an integer count of the coin's smallest unit (satoshi), rounded up,
 * so that it is never worth less than the amount.
 *
 * @throws InvalidMoney for a negative amount or another currency than the quote's
 */
export function coinsFor(amount: Money, quote: Quote): bigint {
  if (amount.currency !== quote.currency) {
    throw new InvalidMoney(`A quote in ${quote.currency} does not tell what ${amount.currency} cost.`);
  }
  if (amount.amount_minor < 0n) {
    throw new InvalidMoney("A negative amount costs no coins.");
  }
  const { coins, minor } = ratioOf(quote);
  return (amount.amount_minor * coins + minor - 1n) / minor;
}

/**
 * What coins are worth at a quote, its spread included: money in the quote's currency, rounded down to its minor unit.
 *
 * @param coins an integer count of the coin's smallest unit
 * @throws InvalidMoney for a negative count
 */
export function worthOf(coins: bigint, quote: Quote): Money {
  if (coins < 0n) {
    throw new InvalidMoney("A negative count of coins is worth nothing.");
  }
  const ratio = ratioOf(quote);
  return money((coins * ratio.minor) / ratio.coins, quote.currency);
}

/** So many smallest units of the coin are worth so many minor units of the currency, exactly. */
function ratioOf({ coin, currency, rate, spread_bps }: Quote): Readonly<{ coins: bigint; minor: bigint }> {
  return {
    coins: unitsPerCoin(coin) * 10n ** BigInt(PRICE_SCALE) * WHOLE_BPS,
    minor: parseShownPrice(rate) * (WHOLE_BPS - BigInt(spread_bps)) * 10n ** BigInt(exponentOf(currency)),
  };
}
