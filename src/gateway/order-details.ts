import type { BigNumberInput } from "@medusajs/framework/types";
import { FINE_PER_MINOR, fineUnits, plainDecimal, type Money } from "./money";
import { fitted } from "./order-rounding";

/** A line of what is bought. `quantity × unit_amount_minor` is what it adds to the amount. */
export type OrderLine = Readonly<{
  name: string;
  /** Whole, at least 1. Another quantity, or one whose price does not divide, stands in the name of a line of one. */
  quantity: number;
  /** Of one piece, in minor units of the payment's currency; never negative. */
  unit_amount_minor: bigint;
  description?: string;
  sku?: string;
  kind?: "physical" | "digital";
}>;

/**
 * What makes up the amount of a payment, in minor units of its currency, none negative: lines + shipping + tax + handling
 * − discount is the amount, exactly. Prices are those the store shows: a price that includes its tax is told with it.
 */
export type OrderBreakdown = Readonly<{
  /** At least one. */
  lines: readonly OrderLine[];
  shipping_minor: bigint;
  /** Tax that comes on top of the prices. */
  tax_minor: bigint;
  /** What is added and is nothing of the others, such as a rounded fraction. */
  handling_minor: bigint;
  /** Promotions, gift cards and store credit. */
  discount_minor: bigint;
}>;

/** Where the goods go. */
export type ShippingAddress = Readonly<{
  /** Whoever receives them. */
  name?: string;
  line_1: string;
  line_2?: string;
  city?: string;
  /** State, province or prefecture as the store has it: a code such as `CA` or a name. */
  province?: string;
  postal_code?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  country: string;
}>;

/** What a payment is for, as far as it can be told. */
export type OrderDetails = Readonly<{
  /** Missing where it could not be made to sum to the amount. */
  breakdown?: OrderBreakdown;
  /** Missing where nothing is shipped, or nobody knows where to. */
  ship_to?: ShippingAddress;
}>;

/** What is bought, in decimals as exact as the store has them. */
export type ExactOrder = Readonly<{
  lines: readonly Readonly<
    Omit<OrderLine, "quantity" | "unit_amount_minor"> & {
      quantity: BigNumberInput;
      /** Of the whole quantity. */
      total: BigNumberInput;
    }
  >[];
  shipping: readonly BigNumberInput[];
  tax: readonly BigNumberInput[];
  discount: readonly BigNumberInput[];
}>;

/**
 * The breakdown that sums to the amount exactly, whatever fractions the parts have; `undefined` where none can be made.
 * See {@link fitted} for how it rounds.
 */
export function breakdownOf(order: ExactOrder, amount: Money): OrderBreakdown | undefined {
  const finely = (decimal: BigNumberInput): bigint => fineUnits(decimal, amount.currency);
  const sum = (decimals: readonly BigNumberInput[]): bigint =>
    decimals.reduce<bigint>((total, decimal) => total + finely(decimal), 0n);
  const found = fitted(
    {
      lines: order.lines.map(({ quantity, total, ...line }) => ({
        ...line,
        quantity: plainDecimal(quantity),
        total: finely(total),
      })),
      shipping: sum(order.shipping),
      tax: sum(order.tax),
      discount: sum(order.discount),
      handling: 0n,
    },
    amount.amount_minor * FINE_PER_MINOR,
    FINE_PER_MINOR,
  );
  return found && scaled(found, (fine) => fine / FINE_PER_MINOR);
}

/**
 * The same breakdown in whole coins, for a service whose smallest coin is more than a minor unit (PayPal counts forints,
 * ISO 4217 their hundredths). `undefined` where the amount is not whole itself.
 *
 * @param coin_minor minor units in the smallest coin
 */
export function inCoins(
  breakdown: OrderBreakdown,
  { amount_minor }: Money,
  coin_minor: bigint,
): OrderBreakdown | undefined {
  const found = fitted(
    {
      lines: breakdown.lines.map(({ quantity, unit_amount_minor, ...line }) => ({
        ...line,
        quantity: String(quantity),
        total: unit_amount_minor * BigInt(quantity),
      })),
      shipping: breakdown.shipping_minor,
      tax: breakdown.tax_minor,
      discount: breakdown.discount_minor,
      handling: breakdown.handling_minor,
    },
    amount_minor,
    coin_minor,
  );
  return found && scaled(found, (minor) => minor);
}

/** The details without a breakdown that is not of this amount, which a gateway would be refused with. */
export function detailsFor(order: OrderDetails | undefined, amount: Money): OrderDetails | undefined {
  const { breakdown, ...others } = order ?? {};
  return order && breakdown && sumOf(breakdown) !== amount.amount_minor ? others : order;
}

/** What the lines add, in minor units. */
export function linesTotal({ lines }: Pick<OrderBreakdown, "lines">): bigint {
  return lines.reduce((sum, line) => sum + line.unit_amount_minor * BigInt(line.quantity), 0n);
}

/** What a breakdown comes to, in minor units. */
export function sumOf(breakdown: OrderBreakdown): bigint {
  const { shipping_minor, tax_minor, handling_minor, discount_minor } = breakdown;
  return linesTotal(breakdown) + shipping_minor + tax_minor + handling_minor - discount_minor;
}

function scaled(
  { lines, shipping, tax, handling, discount }: NonNullable<ReturnType<typeof fitted>>,
  minor: (fine: bigint) => bigint,
): OrderBreakdown {
  return {
    lines: lines.map(({ unit, ...line }) => ({ ...line, unit_amount_minor: minor(unit) })),
    shipping_minor: minor(shipping),
    tax_minor: minor(tax),
    handling_minor: minor(handling),
    discount_minor: minor(discount),
  };
}
