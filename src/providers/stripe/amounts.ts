import { GatewayUnavailable, OutcomeUnknown } from "../../gateway/errors";
import { exponentOf, showMoney, type Money } from "../../gateway/money";

/** Source of every table here: Stripe docs, "Supported currencies". */

/** Currencies that can be charged. */
export const CURRENCIES: readonly string[] = (
  "USD AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF " +
  "CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS " +
  "INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK " +
  "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP " +
  "SLE SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW"
).split(" ");

type Counting = Readonly<{
  /** Digits after the decimal point in the API's amounts. */
  exponent: number;
  /** What the API's amount has to be a multiple of. */
  step: number;
}>;

const TWO_DECIMALS: Counting = { exponent: 2, step: 1 };
const ZERO_DECIMALS: Counting = { exponent: 0, step: 1 };
/** "Three-decimal currencies": the last digit must be 0. */
const THREE_DECIMALS: Counting = { exponent: 3, step: 10 };
/** "Special cases": written with two decimals for old times' sake, and whole all the same. */
const WHOLE_IN_HUNDREDTHS: Counting = { exponent: 2, step: 100 };

/** How the API counts where it is not two decimals. */
const COUNTING: Readonly<Record<string, Counting>> = {
  ...rows("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF", ZERO_DECIMALS),
  ...rows("BHD JOD KWD OMR TND", THREE_DECIMALS),
  ...rows("ISK UGX", WHOLE_IN_HUNDREDTHS),
};

/** "Minimum and maximum charge amounts", in the API's units. What has no row may be any amount above 0. */
const MINIMUM: Readonly<Record<string, number>> = {
  ...{
    USD: 50,
    AED: 200,
    AUD: 50,
    BGN: 100,
    BRL: 50,
    CAD: 50,
    CHF: 50,
    CZK: 1500,
    DKK: 250,
    EUR: 50,
    GBP: 30,
  },
  ...{ HKD: 400, HUF: 17_500, INR: 50, JPY: 50, MXN: 1000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200 },
  ...{ SEK: 300, SGD: 50, THB: 1000 },
};

/** Eight digits; currencies of small coins may have more, and are left to Stripe. */
const MAXIMUM = 99_999_999;
const MAY_HAVE_MORE_DIGITS: readonly string[] = ["HUF", "INR", "JPY"];

/** Limits in minor units of ISO 4217, as the contract counts. */
export const LIMITS: Readonly<Record<string, { min_minor: bigint; max_minor?: bigint }>> = Object.fromEntries(
  Object.entries(MINIMUM).map(([currency, minimum]) => [
    currency,
    {
      min_minor: fromApiAmount(minimum, currency).amount_minor,
      ...(!MAY_HAVE_MORE_DIGITS.includes(currency) && {
        max_minor: fromApiAmount(MAXIMUM, currency).amount_minor,
      }),
    },
  ]),
);

/**
 * Money as the API counts it: `{ amount: 1234, currency: "eur" }`.
 * @throws GatewayUnavailable for an amount Stripe cannot hold; nothing is ever rounded
 */
export function toApiAmount(money: Money): { amount: number; currency: string } {
  const { exponent, step } = countingOf(money.currency);
  const iso = exponentOf(money.currency);
  const scaled = money.amount_minor * 10n ** BigInt(Math.max(exponent - iso, 0));
  const divisor = 10n ** BigInt(Math.max(iso - exponent, 0));
  const amount = scaled / divisor;
  if (scaled % divisor !== 0n || amount % BigInt(step) !== 0n || amount > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new GatewayUnavailable(`Stripe cannot take exactly ${showMoney(money)}.`, { refused_by_us: true });
  }
  return { amount: Number(amount), currency: money.currency.toLowerCase() };
}

/**
 * The API's count as money.
 * @throws OutcomeUnknown for a fraction of what has no fractions
 */
export function fromApiAmount(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  const { exponent } = countingOf(code);
  const iso = exponentOf(code);
  const scaled = BigInt(amount) * 10n ** BigInt(Math.max(iso - exponent, 0));
  const divisor = 10n ** BigInt(Math.max(exponent - iso, 0));
  if (scaled % divisor !== 0n) {
    throw new OutcomeUnknown(`Stripe reports an amount of ${code} that has no whole minor units.`);
  }
  return { amount_minor: scaled / divisor, currency: code };
}

function countingOf(currency: string): Counting {
  return COUNTING[currency.toUpperCase()] ?? TWO_DECIMALS;
}

function rows(currencies: string, counting: Counting): Record<string, Counting> {
  return Object.fromEntries(currencies.split(" ").map((currency) => [currency, counting]));
}
