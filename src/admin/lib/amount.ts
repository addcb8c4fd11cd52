/** Amounts as people type them, compared and subtracted as whole numbers of the currency's smallest unit. */

/** Digits after the point that a currency has, e.g. 2 for EUR and 0 for JPY. */
export function digitsOf(currency_code: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currency_code });
  return format.resolvedOptions().maximumFractionDigits ?? 0;
}

/** A decimal of the API in the currency's smallest unit. */
export function minorOf(amount: number, currency_code: string): bigint {
  return BigInt(amount.toFixed(digitsOf(currency_code)).replace(".", ""));
}

/** The other way round. */
export function decimalOf(minor: bigint, currency_code: string): number {
  const digits = digitsOf(currency_code);
  const text = minor.toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return Number(digits === 0 ? whole : `${whole}.${text.slice(-digits)}`);
}

/**
 * What was typed, in the currency's smallest unit: a point or a comma, and no more digits after it than the currency has;
 * undefined for anything else.
 */
export function parseAmount(text: string, currency_code: string): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:[.,](\d*))?$/.exec(text.trim()) ?? [];
  const digits = digitsOf(currency_code);
  return whole === undefined || fraction.length > digits
    ? undefined
    : BigInt(whole + fraction.padEnd(digits, "0"));
}
