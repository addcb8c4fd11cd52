import { Seeded } from "../../../../gateway/__tests__/seeded";
import { exponentOf, InvalidMoney, money } from "../../../../gateway/money";
import type { Coin } from "../coins";
import { coinsFor, worthOf } from "../exchange";
import type { Quote } from "../quote";

function quote(currency: string, rate: string, spread_bps = 0, coin: Coin = "BTC"): Quote {
  return {
    ...{ coin, currency, rate, spread_bps },
    sources: [{ source: "fixed", price: rate, priced_at: "2026-03-14T09:26:53.000Z", used: true }],
    quoted_at: "2026-03-14T09:26:53.000Z",
    expires_at: "2026-03-14T09:41:53.000Z",
  };
}

describe("what money costs in coins", () => {
  it.each([
    ["100.00 EUR at 50000 is 0.002 BTC", 10_000n, quote("EUR", "50000"), 200_000n],
    ["0.01 EUR at 60000 is rounded up", 1n, quote("EUR", "60000"), 17n],
    ["nothing is nothing", 0n, quote("EUR", "60000"), 0n],
    ["JPY has no decimals", 9_000_000n, quote("JPY", "9000000"), 100_000_000n],
    ["KWD has three", 18_500_500n, quote("KWD", "18500.5"), 100_000_000n],
    ["1 % spread takes a coin for 1 % less", 9_900n, quote("EUR", "10000", 100), 1_000_000n],
    ["litecoin is priced by itself", 8_012n, quote("EUR", "80.12", 0, "LTC"), 100_000_000n],
    ["a coin worth less than a minor unit", 1n, quote("EUR", "0.000000000000000001", 0, "LTC"), 10n ** 24n],
    ["a halved price", 1_000_000n, quote("EUR", "10000.00000000000000000005"), 100_000_000n],
    ["a very large total", 10n ** 30n, quote("EUR", "50000"), 2n * 10n ** 31n],
  ])("%s", (_, minor, at, coins) => {
    expect(coinsFor(money(minor, at.currency), at)).toBe(coins);
  });

  it("is refused for a negative amount, and in another currency than the quote's", () => {
    expect(() => coinsFor(money(-1n, "EUR"), quote("EUR", "60000"))).toThrow(InvalidMoney);
    expect(() => coinsFor(money(1n, "USD"), quote("EUR", "60000"))).toThrow(InvalidMoney);
  });
});

describe("what coins are worth", () => {
  it.each([
    ["0.002 BTC at 50000", 200_000n, quote("EUR", "50000"), 10_000n],
    ["rounded down", 16n, quote("EUR", "60000"), 0n],
    ["a satoshi less than a yen's worth", 11n, quote("JPY", "9000000"), 0n],
    ["a satoshi more", 12n, quote("JPY", "9000000"), 1n],
    ["in thousandths of a dinar", 100_000_000n, quote("KWD", "18500.5"), 18_500_500n],
    ["less the spread", 1_000_000n, quote("EUR", "10000", 100), 9_900n],
  ])("%s", (_, coins, at, minor) => {
    expect(worthOf(coins, at)).toEqual(money(minor, at.currency));
  });

  it("is refused for a negative count", () => {
    expect(() => worthOf(-1n, quote("EUR", "60000"))).toThrow(InvalidMoney);
  });
});

describe("the exchange of any amount at any quote", () => {
  const CASES_PER_SEED = 400;

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("is exact, up for coins and down for money: seed %d", (seed) => {
    const random = new Seeded(seed);
    for (let made = 0; made < CASES_PER_SEED; made += 1) {
      const at = anyQuote(random);
      const amount = money(anyCount(random), at.currency);
      const { coins, minor } = valueOf(at);

      const cost = coinsFor(amount, at);
      expect(cost * minor >= amount.amount_minor * coins).toBe(true);
      expect(cost === 0n || (cost - 1n) * minor < amount.amount_minor * coins).toBe(true);

      const paid = anyCount(random);
      const worth = worthOf(paid, at).amount_minor;
      expect(worth * coins <= paid * minor).toBe(true);
      expect((worth + 1n) * coins > paid * minor).toBe(true);

      expect(worthOf(cost, at).amount_minor >= amount.amount_minor).toBe(true);
      expect(coinsFor(money(worth, at.currency), at) <= paid).toBe(true);
      if (cost > 0n) {
        expect(worthOf(cost - 1n, at).amount_minor < amount.amount_minor).toBe(true);
      }
    }
  });
});

function anyQuote(random: Seeded): Quote {
  const currency = random.one(["EUR", "USD", "JPY", "KRW", "KWD", "BHD", "VND"]);
  const decimals = random.whole(0, 18);
  const digits = `${random.whole(1, 9)}${"0".repeat(random.whole(0, 3))}${random.whole(0, 999_999)}`;
  const padded = digits.padStart(decimals + 1, "0");
  const rate = decimals === 0 ? digits : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
  return quote(currency, rate, random.one([0, 1, 50, 137, 5_000]), random.one(["BTC", "LTC"]));
}

/** From one to more than there will ever be, of every size. */
function anyCount(random: Seeded): bigint {
  return BigInt(random.whole(1, 999_999)) * 10n ** BigInt(random.whole(0, 20)) + BigInt(random.whole(0, 999));
}

/** The quote as a fraction, read from its text in another way than the code does: so many satoshi are so many cents. */
function valueOf({ rate, currency, spread_bps }: Quote): { coins: bigint; minor: bigint } {
  const [whole = "", fraction = ""] = rate.split(".");
  return {
    coins: 10n ** BigInt(8 + 4 + fraction.length),
    minor: BigInt(`${whole}${fraction}${"0".repeat(exponentOf(currency))}`) * BigInt(10_000 - spread_bps),
  };
}
