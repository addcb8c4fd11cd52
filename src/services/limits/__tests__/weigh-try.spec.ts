import { countersOf, longestWindowMs, type Trier } from "../counters";
import { LimitsSchema } from "../limits-schema";
import { UNDECIDED_MS, weighTry, type TryCount } from "../weigh-try";

const HOUR_MS = 3_600_000;
const TRIER: Trier = { cart_id: "cart_1", customer_id: "cus_1", address_key: "a1" };
const LIMITS = LimitsSchema.parse({
  cart: { refusals: 3 },
  customer: { refusals: 4 },
  address: { refusals: 5 },
  card_testing: { address: { refusals: 2 }, customer: { refusals: 2 } },
});
const COUNTERS = countersOf(TRIER, LIMITS);

/** A count the present try is part of. */
function count(key: string, refused: number, rest: Partial<TryCount> = {}): TryCount {
  return { key, held: 1, refused, refused_cart_id: "cart_1", left_ms: HOUR_MS, ...rest };
}

const weigh = (counts: TryCount[], tightened_left_ms: number | null = null) =>
  weighTry("cart_1", COUNTERS, counts, tightened_left_ms);
const allowed = { allowed: true };
const after = (scope: string, retry_after_ms: number) => ({ allowed: false, scope, retry_after_ms });

describe("a try to pay", () => {
  it.each<[string, TryCount[], object]>([
    ["is the first", [], allowed],
    ["comes after a mistake", [count("cart:cart_1", 1), count("address:a1", 1)], allowed],
    ["is the last the cart has", [count("cart:cart_1", 2)], allowed],
    ["is one too many for the cart", [count("cart:cart_1", 3)], after("cart", HOUR_MS)],
    ["is one too many for the customer", [count("customer:cus_1", 4)], after("customer", HOUR_MS)],
    ["is one too many for the address", [count("address:a1", 5)], after("address", HOUR_MS)],
    [
      "is too much for two, and must wait for both",
      [count("cart:cart_1", 3, { left_ms: 5_000 }), count("address:a1", 5)],
      after("address", HOUR_MS),
    ],
    ["comes while others are under way", [count("address:a1", 3, { held: 2 })], allowed],
    [
      "comes while too many are under way, which will be decided soon",
      [count("address:a1", 3, { held: 3 })],
      after("address", UNDECIDED_MS),
    ],
    ["comes to an address refused before, with no attack", [count("address:tightened:a1", 9)], allowed],
  ])("that %s", (_, counts, verdict) => expect(weigh(counts)).toEqual(verdict));

  const LEFT_MS = 240_000;
  it.each<[string, TryCount[], object]>([
    ["from a fresh address", [count("address:tightened:a1", 0)], allowed],
    ["that corrects a mistake in its cart", [count("address:tightened:a1", 1)], allowed],
    ["after two mistakes", [count("address:tightened:a1", 2)], after("address", LEFT_MS)],
    [
      "with a new cart from a refused address",
      [count("address:tightened:a1", 1, { refused_cart_id: "cart_0" })],
      after("address", LEFT_MS),
    ],
    [
      "beside another one of the same household",
      [count("address:tightened:a1", 0, { held: 2, refused_cart_id: null })],
      allowed,
    ],
    ["of a customer refused before", [count("customer:tightened:cus_1", 2)], after("customer", LEFT_MS)],
    [
      "that the ordinary limit holds back longer",
      [count("address:a1", 5), count("address:tightened:a1", 5)],
      after("address", HOUR_MS),
    ],
  ])("during an attack, %s", (_, counts, verdict) => expect(weigh(counts, LEFT_MS)).toEqual(verdict));
});

describe("the counters of a try", () => {
  it("leave out whom nothing is known of, and what is set off", () => {
    const guest: Trier = { cart_id: "cart_1", customer_id: null, address_key: null };
    expect(countersOf(guest, LIMITS).map(({ key }) => key)).toEqual(["cart:cart_1"]);
    const off = LimitsSchema.parse({ cart: false, customer: false, address: false, card_testing: false });
    expect(countersOf(TRIER, off)).toEqual([]);
    expect(longestWindowMs(off)).toBe(0);
  });

  it("know the stricter limits before an attack begins", () => {
    expect(COUNTERS.map(({ key }) => key)).toEqual([
      "cart:cart_1",
      "customer:cus_1",
      "address:a1",
      "customer:tightened:cus_1",
      "address:tightened:a1",
    ]);
    expect(longestWindowMs(LIMITS)).toBe(24 * HOUR_MS);
  });
});
