/**
 * Amounts as people type them, compared and subtracted as whole numbers of the currency's smallest unit. How many digits a
 * currency has after the point is the API's word: a browser's `Intl` knows no ISO 4217.
 */

/** A decimal of the API in the currency's smallest unit. */
export function minorOf(amount: number, digits: number): bigint {
  return BigInt(amount.toFixed(digits).replace(".", ""));
}

/** The other way round. */
export function decimalOf(minor: bigint, digits: number): number {
  const text = minor.toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return Number(digits === 0 ? whole : `${whole}.${text.slice(-digits)}`);
}

/**
 * What was typed, in the currency's smallest unit: a point or a comma, and no more digits after it than the currency has,
 * in Western, Arabic or Persian digits; undefined for anything else.
 */
export function parseAmount(text: string, digits: number): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d{1,12})(?:[.,](\d*))?$/.exec(westernDigits(text.trim())) ?? [];
  return whole === undefined || fraction.length > digits
    ? undefined
    : BigInt(whole + fraction.padEnd(digits, "0"));
}

function westernDigits(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace("\u066b", ".");
}
