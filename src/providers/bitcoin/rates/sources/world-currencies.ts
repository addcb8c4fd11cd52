/**
 * Currencies that both Coinbase and CoinGecko price coins in.
 * Documentation: https://docs.cdp.coinbase.com/coinbase-app/track-apis/currencies and
 * https://docs.coingecko.com/demo/reference/simple-supported-currencies
 */
export const WORLD_CURRENCIES: readonly string[] = (
  "AED ARS AUD BDT BHD BMD BRL CAD CHF CLP CNY CZK DKK EUR GBP GEL HKD HUF IDR ILS INR JPY KRW KWD LKR MMK MXN MYR " +
  "NGN NOK NZD PHP PKR PLN SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
).split(" ");
