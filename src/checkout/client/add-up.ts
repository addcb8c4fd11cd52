import type { CartView } from "./types";

/** The amounts of an order summary, rounded to what the currency has, so that they add up. */
export type SummaryAmounts = Readonly<{
  /** One per item of the cart, in its order; together they make `subtotal`. */
  items: readonly number[];
  subtotal: number;
  shipping: number;
  tax: number;
  /** Never below zero: what is taken off. */
  discount: number;
  credit: number;
  /** subtotal + shipping + tax - discount - credit. */
  total: number;
}>;

/** Medusa's amounts are floats; what lies closer to a whole minor unit than this is one. */
const NOISE_MINOR = 1e-6;

/**
 * What the order summary shows of a cart. Medusa takes taxes out of prices without rounding (8.4033... of 10.00),
 * and amounts rounded one by one may then miss the total by a minor unit. It goes to the amount whose rounding
 * was furthest off (the largest remainder method).
 */
export function summaryAmounts(cart: CartView): SummaryAmounts {
  const unit = 10 ** fractionDigits(cart.currency_code);
  const total_minor = Math.round(cart.total * unit + NOISE_MINOR);
  const parts = [
    cart.item_subtotal,
    cart.shipping_subtotal,
    cart.tax_total,
    -cart.discount_subtotal,
    -cart.credit_line_total,
  ].map((amount) => amount * unit);
  const [subtotal = 0, shipping = 0, tax = 0, discount = 0, credit = 0] = roundToSum(parts, total_minor);
  const items = roundToSum(
    cart.items.map((item) => item.subtotal * unit),
    subtotal,
  );
  return {
    items: items.map((amount) => amount / unit),
    subtotal: subtotal / unit,
    shipping: shipping / unit,
    tax: tax / unit,
    discount: Math.abs(discount) / unit,
    credit: Math.abs(credit) / unit,
    total: total_minor / unit,
  };
}

/**
 * Whether a payment is for what the page shows as the cart's total. Medusa's totals may have fractions of a minor unit,
 * which a payment is rounded from: less than one apart is the same.
 */
export function isForTotal(
  payment: Readonly<{ amount: number; currency_code: string }>,
  { total, currency_code }: CartView,
): boolean {
  const apart = Math.abs(payment.amount - total) * 10 ** fractionDigits(currency_code);
  return payment.currency_code === currency_code && apart < 1 - NOISE_MINOR;
}

/** Whole numbers that make `sum`; where the parts are not parts of it, each simply rounded. */
function roundToSum(parts: readonly number[], sum: number): number[] {
  const floors = parts.map((part) => Math.floor(part + NOISE_MINOR));
  const missing = sum - floors.reduce((total, floor) => total + floor, 0);
  if (missing < 0 || missing > parts.length) return parts.map(Math.round);
  const remainderAt = (at: number): number => (parts[at] ?? 0) - (floors[at] ?? 0);
  const raised = parts
    .map((_, at) => at)
    .sort((one, other) => remainderAt(other) - remainderAt(one))
    .slice(0, missing);
  return floors.map((floor, at) => (raised.includes(at) ? floor + 1 : floor));
}

function fractionDigits(currencyCode: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency: currencyCode.toUpperCase() });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
