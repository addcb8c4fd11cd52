/**
 * The coins that are priced, and the decimals of their smallest unit (1 BTC is 10^8 satoshi, 1 LTC is 10^8 litoshi): `COIN`
 * in src/consensus/amount.h of Bitcoin Core, and in src/amount.h of Litecoin Core.
 */
export const COINS = {
  BTC: { decimals: 8 },
  LTC: { decimals: 8 },
} as const satisfies Readonly<Record<string, { decimals: number }>>;

export type Coin = keyof typeof COINS;

export const COIN_CODES = Object.keys(COINS) as [Coin, ...Coin[]];

/** Smallest units in one whole coin. */
export function unitsPerCoin(coin: Coin): bigint {
  return 10n ** BigInt(COINS[coin].decimals);
}
