/** How many decimals an amount has in Medusa's API. */
const EXPONENTS: Readonly<Record<string, number>> = { eur: 2, usd: 2, jpy: 0 };

const exponentOf = (currency: string): number => EXPONENTS[currency.toLowerCase()] ?? 2;

/** Minor units of a decimal amount of Medusa's. */
export function toMinor(amount: number | string, currency: string): number {
  return Math.round(Number(amount) * 10 ** exponentOf(currency));
}

/** The decimal amount Medusa's API takes for minor units. */
export function toDecimal(amount_minor: number, currency: string): number {
  return amount_minor / 10 ** exponentOf(currency);
}
