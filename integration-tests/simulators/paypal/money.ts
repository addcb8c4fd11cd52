import type { Money } from "./contract/types";
import { decimalsOf } from "./currencies";
import { refuse } from "./errors";

/** In the smallest unit of a currency, e.g. cents. PayPal takes more than a number holds exactly. */
export type MinorUnits = bigint;

/** Of a currency of two decimals. Orders v2, MAX_VALUE_EXCEEDED: "less than or equal to 999999999999999.99". */
const MAXIMUM_HUNDREDTHS = 99_999_999_999_999_999n;

/** What the sign of an amount may be. */
type Sign = "positive" | "not_negative";

/**
 * Reads an amount as PayPal's services do, beyond what its schemas ask: a currency it takes, no more decimals than the
 * currency has, the right sign.
 * @param decimals_issue how the API at hand names decimals of a currency that has none
 * @throws PaypalRefusal INVALID_CURRENCY_CODE, DECIMAL_PRECISION, CANNOT_BE_ZERO_OR_NEGATIVE, CANNOT_BE_NEGATIVE,
 * MAX_VALUE_EXCEEDED
 */
export function minorOf(
  { currency_code, value }: Money,
  field: string,
  sign: Sign = "positive",
  decimals_issue: "DECIMAL_PRECISION" | "DECIMALS_NOT_SUPPORTED" = "DECIMAL_PRECISION",
): MinorUnits {
  const decimals = decimalsOf(currency_code);
  if (decimals === undefined) {
    throw refuse("INVALID_CURRENCY_CODE", { field: `${field}/currency_code`, value: currency_code });
  }
  const at = { field: `${field}/value`, value };
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  if (decimals === 0 && value.includes(".")) {
    throw refuse(decimals_issue, at);
  }
  if (fraction.length > decimals) {
    throw refuse("DECIMAL_PRECISION", at);
  }
  const minor = BigInt(`${whole}${fraction.padEnd(decimals, "0")}` || "0");
  if (value.startsWith("-") && minor > 0n) {
    throw refuse(sign === "positive" ? "CANNOT_BE_ZERO_OR_NEGATIVE" : "CANNOT_BE_NEGATIVE", at);
  }
  if (sign === "positive" && minor === 0n) {
    throw refuse("CANNOT_BE_ZERO_OR_NEGATIVE", at);
  }
  if (minor * 10n ** BigInt(2 - decimals) > MAXIMUM_HUNDREDTHS) {
    throw refuse("MAX_VALUE_EXCEEDED", at);
  }
  return minor;
}

/** An amount as PayPal's objects have it, e.g. `{ currency_code: "EUR", value: "10.00" }`. */
export function moneyOf(minor: MinorUnits, currency_code: string): Money {
  const decimals = decimalsOf(currency_code) ?? 2;
  const sign = minor < 0n ? "-" : "";
  const digits = String(minor < 0n ? -minor : minor).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return {
    currency_code,
    value: decimals === 0 ? `${sign}${digits}` : `${sign}${whole}.${digits.slice(-decimals)}`,
  };
}

export function lesserOf(one: MinorUnits, other: MinorUnits): MinorUnits {
  return one < other ? one : other;
}
