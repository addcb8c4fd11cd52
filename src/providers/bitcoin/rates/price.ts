/**
 * The price of one whole coin as an integer count of 10^-20 of the currency's main unit: exact, also halfway between two
 * prices. Never a float.
 */
export type ScaledPrice = bigint;

export const PRICE_SCALE = 20;

/** Two less than {@link PRICE_SCALE}, for the halves of halves that means leave behind. */
const MOST_DECIMALS = 18;
/** One bitcoin was never worth 10^12 of any currency: beyond 10^15 somebody mistook a unit. */
const MOST_WHOLE_DIGITS = 15;
const LONGEST_TEXT = 64;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

/** A text that is not the price of anything. The message completes a sentence: "kraken's price …". */
export class InvalidPrice extends Error {
  override readonly name = "InvalidPrice";
}

/**
 * Reads a decimal such as `60123.4` or `6.01234e4` exactly.
 * @throws InvalidPrice for zero, negative, NaN, infinite or absurdly large or fine numbers, and what is no number
 */
export function parsePrice(text: string): ScaledPrice {
  return scaled(text, MOST_DECIMALS);
}

/** Reads what {@link showPrice} wrote, which may be two digits finer than what sources may say. Throws as {@link parsePrice}. */
export function parseShownPrice(text: string): ScaledPrice {
  return scaled(text, PRICE_SCALE);
}

/** As a plain decimal without trailing zeros: `60123.4`. */
export function showPrice(price: ScaledPrice): string {
  const digits = price.toString().padStart(PRICE_SCALE + 1, "0");
  const whole = digits.slice(0, -PRICE_SCALE);
  const fraction = digits.slice(-PRICE_SCALE).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/**
 * Halfway between the best bid and the best ask.
 * @throws InvalidPrice also for an order book so wide, or so crossed, that its middle tells no price
 */
export function midPrice(bid: string, ask: string): string {
  const [low, high] = [parsePrice(bid), parsePrice(ask)];
  const WIDEST_BPS = 500n;
  if (high < low || (high - low) * 10_000n > low * WIDEST_BPS) {
    throw new InvalidPrice(`cannot be told from a bid of ${bid} and an ask of ${ask}`);
  }
  return showPrice((low + high) / 2n);
}

function scaled(text: string, most_decimals: number): ScaledPrice {
  const [, minus, whole, fraction = "", exponent = "0"] =
    (text.length <= LONGEST_TEXT && DECIMAL.exec(text)) || [];
  if (whole === undefined) {
    throw new InvalidPrice("is not a decimal number");
  }
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits === "") {
    throw new InvalidPrice("is zero");
  }
  if (minus) {
    throw new InvalidPrice("is negative");
  }
  const significant = digits.replace(/0+$/, "");
  const trailing_zeros = digits.length - significant.length;
  const decimals = fraction.length - Number(exponent) - trailing_zeros;
  if (significant.length - decimals > MOST_WHOLE_DIGITS) {
    throw new InvalidPrice(`is 10^${MOST_WHOLE_DIGITS} or more`);
  }
  if (decimals > most_decimals) {
    throw new InvalidPrice(`has more than ${most_decimals} decimals`);
  }
  return BigInt(significant) * 10n ** BigInt(PRICE_SCALE - decimals);
}
