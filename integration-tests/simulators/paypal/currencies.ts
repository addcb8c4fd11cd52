/** PayPal's currencies (docs: Currency codes) and how many decimals each takes. */
const DECIMALS: Readonly<Record<string, number>> = Object.fromEntries([
  ..."AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD"
    .split(" ")
    .map((code) => [code, 2]),
  ..."HUF JPY TWD".split(" ").map((code) => [code, 0]),
]);

/** Undefined for what PayPal does not take. */
export function decimalsOf(currency_code: string): number | undefined {
  return DECIMALS[currency_code];
}
