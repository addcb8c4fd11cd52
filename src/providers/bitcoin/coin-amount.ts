/** Satoshis in a coin; the same for Bitcoin and Litecoin. */
const DECIMALS = 8;

/**
 * Satoshis of an amount of coins, exactly.
 * @param coins a decimal with at most eight places, such as `0.01`
 * @throws RangeError for anything else
 */
export function satsFrom(coins: string): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d{1,8}))?$/.exec(coins) ?? [];
  if (whole === undefined) {
    throw new RangeError("An amount of coins is a decimal with at most eight places.");
  }
  return BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** Satoshis as a decimal of the coin: a period, no exponent, no zeros at the end. */
export function coinsText(amount_sats: bigint): string {
  const unit = 10n ** BigInt(DECIMALS);
  const fraction = (amount_sats % unit).toString().padStart(DECIMALS, "0").replace(/0+$/, "");
  return `${amount_sats / unit}${fraction && `.${fraction}`}`;
}
