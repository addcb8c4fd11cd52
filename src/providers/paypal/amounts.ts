import { GatewayUnavailable, OutcomeUnknown } from "../../gateway/errors";
import { exponentOf, showMoney, type Money } from "../../gateway/money";

/** Source of every table here: PayPal docs, "Currency codes". */

/** Currencies an account outside Brazil, China and Malaysia may be paid in, and theirs. */
export const CURRENCIES: readonly string[] =
  "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD".split(
    " ",
  );

const TWO_DECIMALS = 2;

/** "This currency does not support decimals": forint and Taiwan dollar have two by ISO 4217 all the same. */
const DECIMALS: Readonly<Record<string, number>> = { HUF: 0, JPY: 0, TWD: 0 };

/** Orders v2, MAX_VALUE_EXCEEDED: "Should be less than or equal to 999999999999999.99". */
const MAXIMUM = "999999999999999";

/** PayPal's own words for an amount. */
export type ApiMoney = { currencyCode: string; value: string };

/** Limits in minor units of ISO 4217, as the contract counts. */
export const LIMITS: Readonly<Record<string, { min_minor: bigint; max_minor: bigint }>> = Object.fromEntries(
  CURRENCIES.map((currency) => [
    currency,
    {
      min_minor: coinOf(currency),
      max_minor: BigInt(MAXIMUM) * 10n ** BigInt(exponentOf(currency)),
    },
  ]),
);

/**
 * Money as PayPal writes it: `{ value: "12.34", currencyCode: "EUR" }`.
 * @throws GatewayUnavailable for an amount PayPal cannot hold; nothing is ever rounded
 */
export function toApiMoney(money: Money): ApiMoney {
  const { amount_minor, currency } = money;
  const decimals = decimalsOf(currency);
  const coin = coinOf(currency);
  if (!CURRENCIES.includes(currency) || amount_minor < 0n || amount_minor % coin !== 0n) {
    throw new GatewayUnavailable(`PayPal cannot take exactly ${showMoney(money)}.`, { refused_by_us: true });
  }
  const digits = (amount_minor / coin).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return { currencyCode: currency, value: decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}` };
}

/**
 * PayPal's decimal string as money.
 * @throws OutcomeUnknown for what is no amount, or finer than the currency's smallest coin
 */
export function fromApiMoney({ currencyCode, value }: ApiMoney): Money {
  const [, whole = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const exponent = exponentOf(currencyCode);
  const below_minor_units = fraction.slice(exponent);
  if (whole === "" || /[1-9]/.test(below_minor_units)) {
    throw new OutcomeUnknown(`PayPal reports an amount of ${currencyCode} that has no whole minor units.`);
  }
  return {
    amount_minor: BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0")),
    currency: currencyCode,
  };
}

/** Minor units of ISO 4217 in the smallest amount PayPal can hold: 100 for HUF and TWD. */
export function coinOf(currency: string): bigint {
  return 10n ** BigInt(Math.max(exponentOf(currency) - decimalsOf(currency), 0));
}

function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? TWO_DECIMALS;
}
