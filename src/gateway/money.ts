import { MathBN } from "@medusajs/framework/utils";
import type { BigNumberInput } from "@medusajs/framework/types";
import { code as iso4217 } from "currency-codes";

/** An amount as an integer count of minor units (cents, fils, yen) of one currency. Never a float. */
export type Money = Readonly<{
  amount_minor: bigint;
  /** ISO 4217 code in upper case, e.g. `EUR`. */
  currency: string;
}>;

/**
 * Digits after the decimal point per currency, for a gateway that departs from ISO 4217
 * (Stripe counts ISK and UGX in hundredths, for example). Keys are upper-case codes.
 */
export type CurrencyExponents = Readonly<Record<string, number>>;

/** A currency or an amount that cannot be represented as money. */
export class InvalidMoney extends Error {
  override readonly name = "InvalidMoney";
}

/** Builds money from minor units. Throws {@link InvalidMoney} for a currency unknown to ISO 4217. */
export function money(amount_minor: bigint, currency: string): Money {
  const code = currency.toUpperCase();
  exponentOf(code);
  return { amount_minor, currency: code };
}

/**
 * Digits after the decimal point: the gateway's own where it departs, else ISO 4217's
 * (from the maintained `currency-codes` list; `Intl` follows CLDR, which differs).
 */
export function exponentOf(currency: string, exceptions: CurrencyExponents = {}): number {
  const code = currency.toUpperCase();
  const exponent = exceptions[code] ?? iso4217(code)?.digits;
  if (exponent === undefined) {
    throw new InvalidMoney(`"${currency}" is not an ISO 4217 currency code.`);
  }
  return exponent;
}

/**
 * Converts one of Medusa's decimal amounts into minor units, rounding half up
 * (2.675 EUR is 268 cents). Throws {@link InvalidMoney} for what is not a finite number.
 */
export function moneyFromDecimal(
  amount: BigNumberInput,
  currency: string,
  exceptions: CurrencyExponents = {},
): Money {
  const exponent = exponentOf(currency, exceptions);
  const minor = MathBN.mult(decimalInput(amount), (10n ** BigInt(exponent)).toString());
  const ROUND_HALF_UP = 4;
  return { amount_minor: BigInt(minor.toFixed(0, ROUND_HALF_UP)), currency: currency.toUpperCase() };
}

/**
 * {@link moneyFromDecimal} for an amount that somebody asks for: `undefined` where it has a fraction of a minor unit, such
 * as 100.5 JPY or 10.005 EUR, and where it is less than any. What a float adds by itself (0.1 + 0.2) is none.
 */
export function wholeMoneyFromDecimal(amount: BigNumberInput, currency: string): Money | undefined {
  const nearest = moneyFromDecimal(amount, currency);
  const is_nothing = nearest.amount_minor === 0n && fineUnits(amount, currency) !== 0n;
  return !is_nothing && sameButForFloats(amount, moneyToDecimal(nearest), currency) ? nearest : undefined;
}

/** True when two of Medusa's decimals are the same but for what floats add by themselves. */
export function sameButForFloats(one: BigNumberInput, other: BigNumberInput, currency: string): boolean {
  const difference = fineUnits(one, currency) - fineUnits(other, currency);
  return difference >= -FLOAT_NOISE && difference <= FLOAT_NOISE;
}

/** Digits beyond the minor unit that fractions are reckoned with before anything is rounded. */
const FINE_DIGITS = 9;
/** {@link fineUnits} in a minor unit. */
export const FINE_PER_MINOR = 10n ** BigInt(FINE_DIGITS);
/** Less than a ten-thousandth of a minor unit is a float's. */
const FLOAT_NOISE = FINE_PER_MINOR / 10_000n;

/** A decimal in billionths of the currency's minor unit. Throws as {@link moneyFromDecimal} does. */
export function fineUnits(amount: BigNumberInput, currency: string): bigint {
  const exponent = exponentOf(currency) + FINE_DIGITS;
  return moneyFromDecimal(amount, currency, { [currency.toUpperCase()]: exponent }).amount_minor;
}

/** The amount as a plain decimal string with the currency's digits: `12.30`, `1000`, `0.005`. */
export function moneyToDecimal(value: Money, exceptions: CurrencyExponents = {}): string {
  const exponent = exponentOf(value.currency, exceptions);
  const negative = value.amount_minor < 0n;
  const digits = (negative ? -value.amount_minor : value.amount_minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? "" : `.${digits.slice(digits.length - exponent)}`;
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

/** `12.34 EUR`, for logs and findings. */
export function showMoney(amount: Money): string {
  return `${moneyToDecimal(amount)} ${amount.currency}`;
}

/** True when amount and currency are the same. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.amount_minor === b.amount_minor;
}

/** `a + b`; throws {@link InvalidMoney} when the currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  return { amount_minor: a.amount_minor + b.amount_minor, currency: commonCurrency(a, b) };
}

/** `a - b`; throws {@link InvalidMoney} when the currencies differ. */
export function subtractMoney(a: Money, b: Money): Money {
  return { amount_minor: a.amount_minor - b.amount_minor, currency: commonCurrency(a, b) };
}

function commonCurrency(a: Money, b: Money): string {
  if (a.currency !== b.currency) {
    throw new InvalidMoney(`${a.currency} and ${b.currency} cannot be combined.`);
  }
  return a.currency;
}

/** Any of Medusa's decimals as plain digits: `1.5`, never `15e-1`. Throws {@link InvalidMoney} for what is no number. */
export function plainDecimal(amount: BigNumberInput): string {
  return decimalInput(amount);
}

/** Medusa hands amounts over as numbers, strings, BigNumbers or their raw form `{ value }`. */
function decimalInput(amount: BigNumberInput): string {
  const decimal = typeof amount === "bigint" ? `${amount}` : decimalOf(amount);
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) {
    throw new InvalidMoney("Not an amount of money.");
  }
  return decimal;
}

function decimalOf(amount: Exclude<BigNumberInput, bigint>): string {
  if (amount === undefined || amount === null) {
    return "";
  }
  try {
    return MathBN.convert(amount).toFixed();
  } catch (cause) {
    throw new InvalidMoney("Not an amount of money.", { cause });
  }
}
