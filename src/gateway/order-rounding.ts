/** What is bought, in units finer than a coin. */
export type FineOrder = Readonly<{
  lines: readonly (LineText & Readonly<{ quantity: string; total: bigint }>)[];
  shipping: bigint;
  tax: bigint;
  handling: bigint;
  discount: bigint;
}>;

/** The same in whole coins, counted in the same units. */
export type FittedOrder = Readonly<{
  lines: readonly (LineText & Readonly<{ quantity: number; unit: bigint }>)[];
  shipping: bigint;
  tax: bigint;
  handling: bigint;
  discount: bigint;
}>;

type LineText = Readonly<{
  name: string;
  description?: string;
  sku?: string;
  kind?: "physical" | "digital";
}>;

type Charges = Readonly<Record<"tax" | "handling" | "discount", bigint>>;

/** A quantity a line can have as a number; PayPal's has ten digits at most. */
const WHOLE = /^[1-9]\d{0,9}$/;

/**
 * The order in whole coins, which sums to the total exactly and has nothing negative; `undefined` where that cannot be.
 *
 * A line whose price divides keeps its quantity; any other is one piece, with the quantity in its name. A line that takes
 * something off, such as an old device taken in part exchange, is a discount. Each part is rounded half up by itself, and
 * what rounding leaves of the total goes into the tax, or else the discount or handling. So does what the parts do not
 * explain, such as what another plugin made of the total, but never into the tax.
 *
 * @param coin how many units the smallest coin has
 */
export function fitted(order: FineOrder, total: bigint, coin: bigint): FittedOrder | undefined {
  const sold = order.lines.filter((line) => line.total >= 0n && !/^-?0*(\.0*)?$/.test(line.quantity));
  if (sold.length === 0 || total <= 0n || total % coin !== 0n) {
    return undefined;
  }
  const lines = sold.map((line) => fittedLine(line, coin));
  const taken_off = order.lines.filter((line) => line.total < 0n).reduce((sum, line) => sum - line.total, 0n);
  const parts = withoutNegatives({ ...order, discount: order.discount + taken_off });
  const shipping = rounded(parts.shipping, coin);
  const charges = {
    tax: rounded(parts.tax, coin),
    handling: rounded(parts.handling, coin),
    discount: rounded(parts.discount, coin),
  };
  const goods = lines.reduce((sum, { unit, quantity }) => sum + unit * BigInt(quantity), 0n);
  const missing = total - (goods + shipping + charges.tax + charges.handling - charges.discount);
  // Each rounded part is off by half a coin at most: lines, shipping, tax, handling and discount.
  const by_rounding = 2n * (missing < 0n ? -missing : missing) <= coin * BigInt(lines.length + 4);
  return { lines, shipping, ...balanced(charges, missing, by_rounding) };
}

function fittedLine(
  { quantity, total, ...text }: FineOrder["lines"][number],
  coin: bigint,
): FittedOrder["lines"][number] {
  const pieces = WHOLE.test(quantity) ? BigInt(quantity) : undefined;
  if (pieces !== undefined && total % (pieces * coin) === 0n) {
    return { ...text, quantity: Number(pieces), unit: total / pieces };
  }
  const name = pieces === 1n ? text.name : `${quantity} × ${text.name}`;
  return { ...text, name, quantity: 1, unit: rounded(total, coin) };
}

/** A negative part is one of the other kind. */
function withoutNegatives(order: Omit<FineOrder, "lines">): Omit<FineOrder, "lines"> {
  const { shipping, tax, handling, discount } = order;
  const below = (part: bigint): bigint => (part < 0n ? -part : 0n);
  const above = (part: bigint): bigint => (part > 0n ? part : 0n);
  return {
    shipping: above(shipping),
    tax: above(tax),
    handling: above(handling) + below(discount),
    discount: above(discount) + below(shipping) + below(tax) + below(handling),
  };
}

/** Puts what is missing to the total, or too much, where it leaves nothing negative. */
function balanced({ tax, handling, discount }: Charges, missing: bigint, by_rounding: boolean): Charges {
  if (by_rounding && tax > 0n && tax + missing >= 0n) {
    return { tax: tax + missing, handling, discount };
  }
  if (missing < 0n) {
    const less = lesserOf(handling, -missing);
    return { tax, handling: handling - less, discount: discount - missing - less };
  }
  const less = by_rounding ? lesserOf(discount, missing) : 0n;
  return { tax, handling: handling + missing - less, discount: discount - less };
}

function lesserOf(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** Half up to whole coins. @param amount not negative */
function rounded(amount: bigint, coin: bigint): bigint {
  return ((amount + coin / 2n) / coin) * coin;
}
