import { decorateCartTotals } from "@medusajs/framework/utils";
import { summaryAmounts } from "../add-up";
import { isObject, type JsonObject } from "../http";
import { CART_FIELDS, readCart } from "../read-cart";

type Line = Readonly<{ price: number; quantity?: number; off?: number }>;

type Region = Readonly<{ inclusive: boolean; rate: number; currency_code?: string }>;

/** A cart as Medusa's own code adds it up, as it comes over the wire. */
function medusaCart(region: Region, lines: readonly Line[], shipping: number, credit: number): JsonObject {
  const taxed = { is_tax_inclusive: region.inclusive, tax_lines: [{ rate: region.rate }] };
  const cart = decorateCartTotals({
    currency_code: region.currency_code ?? "eur",
    items: lines.map(({ price, quantity = 1, off = 0 }, at) => ({
      id: `item_${at}`,
      title: `Item ${at}`,
      unit_price: price,
      quantity,
      ...taxed,
      adjustments: off > 0 ? [{ amount: off, is_tax_inclusive: region.inclusive }] : [],
    })),
    shipping_methods: [{ id: "sm_1", amount: shipping, ...taxed, adjustments: [] }],
    credit_lines: credit > 0 ? [{ amount: credit }] : [],
  } as never);
  const sent: unknown = JSON.parse(JSON.stringify(cart));
  return isObject(sent) ? sent : {};
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("the order summary", () => {
  const CARTS: readonly [string, Region, Line[], number, number][] = [
    ["taxes on top", { inclusive: false, rate: 19 }, [{ price: 9.99, quantity: 3 }], 4.95, 0],
    ["taxes inside", { inclusive: true, rate: 19 }, [{ price: 9.99, quantity: 3 }], 4.95, 0],
    [
      "taxes inside and many lines",
      { inclusive: true, rate: 7 },
      [{ price: 1 }, { price: 1 }, { price: 1 }],
      1,
      0,
    ],
    [
      "taxes inside, a discount and a gift card",
      { inclusive: true, rate: 21 },
      [{ price: 14.9, off: 2.5 }, { price: 3.33 }],
      5,
      7.77,
    ],
    [
      "taxes on top, a discount and a gift card",
      { inclusive: false, rate: 8.875 },
      [{ price: 19.99, off: 5 }],
      6,
      3,
    ],
    ["a gift card that pays everything", { inclusive: true, rate: 19 }, [{ price: 20 }], 4, 24],
    [
      "no minor units",
      { inclusive: true, rate: 10, currency_code: "jpy" },
      [{ price: 1_500 }, { price: 333 }],
      700,
      0,
    ],
    [
      "three of them",
      { inclusive: true, rate: 10, currency_code: "kwd" },
      [{ price: 1.555, quantity: 3 }],
      0.7,
      0,
    ],
  ];

  it.each(CARTS)("adds up to the total with %s", (_, region, lines, shipping, credit) => {
    const medusa = medusaCart(region, lines, shipping, credit);
    const cart = readCart({ cart: medusa });
    const amounts = summaryAmounts(cart);
    const { subtotal, tax, discount } = amounts;
    expect(Math.abs(amounts.total - Number(medusa["total"]))).toBeLessThanOrEqual(0.005);
    expect(subtotal + amounts.shipping + tax - discount - amounts.credit).toBeCloseTo(amounts.total, 6);
    expect(sum(amounts.items)).toBeCloseTo(subtotal, 6);
    expect(amounts.credit).toBe(credit);
  });

  it("is never further from Medusa's amounts than their rounding", () => {
    const cart = readCart({
      cart: medusaCart({ inclusive: true, rate: 7 }, [{ price: 1 }, { price: 1 }], 1, 0),
    });
    const amounts = summaryAmounts(cart);
    expect(Math.abs(amounts.subtotal - cart.item_subtotal)).toBeLessThan(0.01);
    expect(Math.abs(amounts.tax - cart.tax_total)).toBeLessThan(0.01);
  });

  it("leaves amounts alone that are no parts of the total", () => {
    const cart = {
      currency_code: "eur",
      total: 24,
      item_subtotal: 10,
      items: [{ id: "item_1", subtotal: 10 }],
    };
    expect(summaryAmounts(readCart({ cart }))).toMatchObject({
      items: [10],
      subtotal: 10,
      tax: 0,
      total: 24,
    });
  });
});

describe("reading a cart", () => {
  it("asks for every amount the summary shows", () => {
    expect(CART_FIELDS.split(",")).toEqual(expect.arrayContaining(["credit_line_total", "items.subtotal"]));
  });

  it("takes what is absent for zero or nothing", () => {
    expect(readCart({})).toMatchObject({ total: 0, credit_line_total: 0, items: [], email: null });
  });
});
