import { MathBN } from "@medusajs/framework/utils";
import { money, moneyFromDecimal, type Money } from "../money";
import { breakdownOf, detailsFor, inCoins, linesTotal, sumOf, type ExactOrder } from "../order-details";
import { Seeded } from "./seeded";

const NOTHING = { shipping: [], tax: [], discount: [] };
const line = (name: string, quantity: number | string, total: number | string) => ({ name, quantity, total });
const euros = (minor: bigint): Money => money(minor, "EUR");

describe("the breakdown of an amount", () => {
  it("has a line's quantity and unit price where the price divides", () => {
    const order = { ...NOTHING, lines: [line("Teapot", 3, "194.70")], shipping: ["4.90"] };
    expect(breakdownOf(order, euros(19_960n))).toEqual({
      lines: [{ name: "Teapot", quantity: 3, unit_amount_minor: 6_490n }],
      ...{ shipping_minor: 490n, tax_minor: 0n, handling_minor: 0n, discount_minor: 0n },
    });
  });

  it.each([
    ["does not divide", 3, "10.00", "3 × Tea", 1_000n],
    ["is no whole number of minor units", 1, "3.335", "Tea", 334n],
    ["is of a quantity that is not whole", "1.5", "9.99", "1.5 × Tea", 999n],
    [
      "is of more pieces than a number can hold",
      "20000000000",
      "200000000.00",
      "20000000000 × Tea",
      20_000_000_000n,
    ],
  ])("has the quantity in the name where the price %s", (_case, quantity, total, name, unit_amount_minor) => {
    const order = { ...NOTHING, lines: [line("Tea", quantity, total)] };
    expect(breakdownOf(order, euros(unit_amount_minor))?.lines).toEqual([
      { name, quantity: 1, unit_amount_minor },
    ]);
  });

  it("puts what rounding leaves into the tax, else into the discount or handling", () => {
    // 0.333 + 0.333 + 0.333 is one euro cent short of a whole euro when rounded by itself.
    const lines = [1, 2, 3].map((at) => line(`Sweet ${at}`, 1, "0.3333"));
    expect(breakdownOf({ ...NOTHING, lines, tax: ["0.2"] }, euros(120n))).toMatchObject({ tax_minor: 21n });
    expect(breakdownOf({ ...NOTHING, lines, discount: ["0.2"] }, euros(80n))).toMatchObject({
      discount_minor: 19n,
      handling_minor: 0n,
    });
    expect(breakdownOf({ ...NOTHING, lines }, euros(100n))).toMatchObject({ handling_minor: 1n });
    const dear = [1, 2, 3].map((at) => line(`Sweet ${at}`, 1, "0.3367"));
    expect(breakdownOf({ ...NOTHING, lines: dear }, euros(101n))).toMatchObject({ discount_minor: 1n });
  });

  it("never takes what the parts do not explain for tax", () => {
    const order = { ...NOTHING, lines: [line("Tea", 1, "10")], tax: ["1.90"] };
    expect(breakdownOf(order, euros(690n))).toMatchObject({ tax_minor: 190n, discount_minor: 500n });
    expect(breakdownOf(order, euros(1_690n))).toMatchObject({ tax_minor: 190n, handling_minor: 500n });
  });

  it("takes what has a price below zero for a discount, and leaves out what there is nothing of", () => {
    const lines = [
      line("Phone", 1, "500"),
      line("Old phone", 1, "-120"),
      line("Gone", 0, 0),
      line("Gift", 1, 0),
    ];
    expect(breakdownOf({ ...NOTHING, lines }, euros(38_000n))).toEqual({
      lines: [
        { name: "Phone", quantity: 1, unit_amount_minor: 50_000n },
        { name: "Gift", quantity: 1, unit_amount_minor: 0n },
      ],
      ...{ shipping_minor: 0n, tax_minor: 0n, handling_minor: 0n, discount_minor: 12_000n },
    });
  });

  it("is none where nothing is sold or nothing is to be paid", () => {
    expect(breakdownOf({ ...NOTHING, lines: [] }, euros(100n))).toBeUndefined();
    expect(breakdownOf({ ...NOTHING, lines: [line("Gone", 0, 0)] }, euros(100n))).toBeUndefined();
    expect(breakdownOf({ ...NOTHING, lines: [line("Tea", 1, 1)] }, euros(0n))).toBeUndefined();
  });

  it("is in whole coins where a service has larger ones than the currency", () => {
    const order = { ...NOTHING, lines: [line("Tea", 3, "2362.20")], tax: ["637.80"] };
    const breakdown = breakdownOf(order, money(300_000n, "HUF"));
    expect(breakdown?.lines).toMatchObject([{ quantity: 3, unit_amount_minor: 78_740n }]);
    expect(breakdown && inCoins(breakdown, money(300_000n, "HUF"), 100n)).toEqual({
      lines: [{ name: "3 × Tea", quantity: 1, unit_amount_minor: 236_200n }],
      ...{ shipping_minor: 0n, tax_minor: 63_800n, handling_minor: 0n, discount_minor: 0n },
    });
    expect(breakdown && inCoins(breakdown, money(300_050n, "HUF"), 100n)).toBeUndefined();
  });

  it("is left out of details for another amount, and the address stays", () => {
    const breakdown = breakdownOf({ ...NOTHING, lines: [line("Tea", 1, 10)] }, euros(1_000n));
    const ship_to = { line_1: "Street 1", country: "DE" };
    expect(detailsFor({ breakdown, ship_to }, euros(1_000n))).toEqual({ breakdown, ship_to });
    expect(detailsFor({ breakdown, ship_to }, euros(1_001n))).toEqual({ ship_to });
    expect(detailsFor(undefined, euros(1n))).toBeUndefined();
  });
});

describe("the breakdown of any amount", () => {
  const ORDERS_PER_SEED = 400;

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "sums exactly and has nothing negative, whatever the order: seed %d",
    (seed) => {
      const random = new Seeded(seed);
      for (let made = 0; made < ORDERS_PER_SEED; made += 1) {
        const { order, amount } = anyOrder(random);
        const breakdown = breakdownOf(order, amount);
        if (amount.amount_minor <= 0n) {
          expect(breakdown).toBeUndefined();
          continue;
        }
        if (!breakdown) {
          throw new Error(`No breakdown of ${JSON.stringify(order)}`);
        }
        assertSound(breakdown, amount);
        breakdown.lines.forEach(({ quantity }) => expect(quantity).toBeGreaterThanOrEqual(1));
        const coarse = money((amount.amount_minor / 100n) * 100n, amount.currency);
        const in_coins = coarse.amount_minor > 0n ? inCoins(breakdown, coarse, 100n) : undefined;
        if (in_coins) {
          assertSound(in_coins, coarse);
          const parts = [linesTotal(in_coins), in_coins.shipping_minor, in_coins.tax_minor];
          expect(
            [...parts, in_coins.handling_minor, in_coins.discount_minor].map((part) => part % 100n),
          ).toEqual(Array(5).fill(0n));
        }
      }
    },
  );
});

function assertSound(breakdown: NonNullable<ReturnType<typeof breakdownOf>>, amount: Money): void {
  const { lines, shipping_minor, tax_minor, handling_minor, discount_minor } = breakdown;
  expect(sumOf(breakdown)).toBe(amount.amount_minor);
  const parts = [shipping_minor, tax_minor, handling_minor, discount_minor];
  const least = [...parts, ...lines.map((sold) => sold.unit_amount_minor)].reduce((a, b) => (a < b ? a : b));
  expect(least).toBeGreaterThanOrEqual(0n);
}

/** At least one line is sold; the total is what the parts come to, or what another plugin made of that. */
function anyOrder(random: Seeded): { order: ExactOrder; amount: Money } {
  const currency = random.one(["EUR", "USD", "JPY", "KWD", "HUF", "TWD"]);
  const digits = random.one([0, 2, 3, 6]);
  const lines = Array.from({ length: random.whole(1, 9) }, (_, at) => {
    const quantity = at > 0 && random.often(0.1) ? random.decimal(3, 3) : String(random.whole(1, 40));
    const price = `${at > 0 && random.often(0.05) ? "-" : ""}${random.decimal(900, digits)}`;
    return { name: `Line ${at}`, quantity, total: MathBN.mult(quantity, price) };
  });
  const some = (most: number) =>
    Array.from({ length: random.whole(0, 2) }, () =>
      MathBN.div(random.decimal(most, digits), random.one([1, 3, 1.19])),
    );
  const order = { lines, shipping: some(20), tax: some(200), discount: some(300) };
  const exact = MathBN.sub(
    MathBN.sum(0, ...lines.map(({ total }) => total), ...order.shipping, ...order.tax),
    MathBN.sum(0, ...order.discount, random.often(0.1) ? random.decimal(50, 2) : 0),
  );
  return { order, amount: moneyFromDecimal(exact, currency) };
}
