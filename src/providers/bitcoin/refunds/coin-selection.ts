import type { Outpoint } from "../chain/source";
import type { WalletCoin } from "./refund-store";

/** What coins have to come to, and what of them is worth coming back. */
export type Need = Readonly<{
  /** All that is paid and the fee, for so many coins, with change or without. */
  cost(coins: number, with_change: boolean): bigint;
  /** Less than this does not come back: nodes would not pass it on. */
  dust_limit_sats: bigint;
  /** Coins that must be spent, however many others are. */
  required: readonly WalletCoin[];
  most_coins: number;
}>;

export type Chosen = Readonly<{
  coins: readonly WalletCoin[];
  /** Zero where nothing comes back. */
  change_sats: bigint;
  /** Too little to come back: it is left to the miners. */
  left_sats: bigint;
}>;

/**
 * Chooses coins that leave no dust where there is a choice: the smallest single coin that does, else the largest together,
 * one more where what they leave would be dust.
 *
 * @returns undefined where the coins do not come to enough
 */
export function chooseCoins(coins: readonly WalletCoin[], need: Need): Chosen | undefined {
  const rising = coins.filter((coin) => !isAmong(need.required, coin)).toSorted(byValue);
  const largest = rising.slice(-need.most_coins).toReversed();
  const candidates = [
    ...rising.map((coin) => [...need.required, coin]),
    ...largest.map((_, count) => [...need.required, ...largest.slice(0, count + 1)]),
  ];
  const sets = [need.required, ...candidates].filter(({ length }) => length > 0 && length <= need.most_coins);
  const enough = sets.map((set) => settle(set, need)).filter((chosen) => chosen !== undefined);
  return enough.find(({ left_sats }) => left_sats === 0n) ?? leastLeft(enough);
}

/** What is left when these are spent; undefined where they are too little. */
function settle(coins: readonly WalletCoin[], { cost, dust_limit_sats }: Need): Chosen | undefined {
  const sum = coins.reduce((total, { value_sats }) => total + value_sats, 0n);
  const change_sats = sum - cost(coins.length, true);
  if (change_sats >= dust_limit_sats) {
    return { coins, change_sats, left_sats: 0n };
  }
  const left_sats = sum - cost(coins.length, false);
  return left_sats < 0n ? undefined : { coins, change_sats: 0n, left_sats };
}

function leastLeft(chosen: readonly Chosen[]): Chosen | undefined {
  return chosen.toSorted((one, other) => compare(one.left_sats, other.left_sats))[0];
}

export const isSameCoin = (one: Outpoint, other: Outpoint) =>
  one.txid === other.txid && one.vout === other.vout;

const isAmong = (coins: readonly WalletCoin[], coin: WalletCoin) =>
  coins.some((other) => isSameCoin(coin, other));
const byValue = (one: WalletCoin, other: WalletCoin) => compare(one.value_sats, other.value_sats);
const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0);
