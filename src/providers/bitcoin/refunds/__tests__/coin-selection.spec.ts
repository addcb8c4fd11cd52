import { chooseCoins, type Need } from "../coin-selection";
import type { WalletCoin } from "../refund-store";

const coin = (value_sats: bigint, name = Number(value_sats)): WalletCoin => ({
  txid: name.toString(16).padStart(64, "0"),
  vout: 0,
  value_sats,
  address_index: 0,
  script: "",
});

/** Ten satoshis for the frame and the payee, 70 for each coin, 30 for change. */
const need = (paid: bigint, more: Partial<Need> = {}): Need => ({
  cost: (coins, with_change) => paid + 10n + 70n * BigInt(coins) + (with_change ? 30n : 0n),
  dust_limit_sats: 300n,
  required: [],
  most_coins: 3,
  ...more,
});
const values = (coins: readonly WalletCoin[] | undefined) => coins?.map(({ value_sats }) => value_sats);

describe("the coins of a refund", () => {
  it("are the smallest single one that leaves no dust", () => {
    const chosen = chooseCoins([coin(9_000n), coin(1_200n), coin(2_000n)], need(1_000n));
    // 1,200 would leave 120, which nodes do not pass on.
    expect(values(chosen?.coins)).toEqual([2_000n]);
    expect(chosen).toMatchObject({ change_sats: 890n, left_sats: 0n });
  });

  it("are one that comes to exactly enough, without change", () => {
    const chosen = chooseCoins([coin(9_000n), coin(1_080n)], need(1_000n));
    expect(values(chosen?.coins)).toEqual([1_080n]);
    expect(chosen).toMatchObject({ change_sats: 0n, left_sats: 0n });
  });

  it("are several, the largest first, where no single one is enough", () => {
    expect(values(chooseCoins([coin(600n), coin(500n), coin(900n)], need(1_000n))?.coins)).toEqual([
      900n,
      600n,
    ]);
  });

  it("are one more where the change would be dust", () => {
    const chosen = chooseCoins([coin(700n), coin(600n), coin(800n)], need(1_250n));
    expect(values(chosen?.coins)).toEqual([800n, 700n, 600n]);
    expect(chosen?.change_sats).toBe(600n);
  });

  it("leave dust to the miners where there is nothing else", () => {
    const chosen = chooseCoins([coin(1_200n)], need(1_000n));
    expect(chosen).toMatchObject({ change_sats: 0n, left_sats: 120n });
  });

  it("are none where they do not come to enough, or too many would be needed", () => {
    expect(chooseCoins([coin(1_079n)], need(1_000n))).toBeUndefined();
    const small = [1, 2, 3, 4].map((name) => coin(400n, name));
    expect(chooseCoins(small, need(1_000n))).toBeUndefined();
    expect(chooseCoins(small, need(1_000n, { most_coins: 4 }))?.coins).toHaveLength(4);
    expect(chooseCoins([], need(0n))).toBeUndefined();
  });

  it("hold those that must be spent, even where others would do alone", () => {
    const required = [coin(500n)];
    const chosen = chooseCoins([...required, coin(5_000n)], need(1_000n, { required }));
    expect(values(chosen?.coins)).toEqual([500n, 5_000n]);
    expect(values(chooseCoins([coin(5_000n)], need(50n, { required }))?.coins)).toEqual([500n]);
  });

  it("hold every output once, be it named twice", () => {
    const required = [coin(500n)];
    expect(chooseCoins(required, need(700n, { required }))).toBeUndefined();
  });
});
