import {
  ItemCategory,
  type AmountBreakdown,
  type ItemRequest,
  type ShippingDetails,
} from "@paypal/paypal-server-sdk";
import type { Money } from "../../gateway/money";
import {
  inCoins,
  linesTotal,
  type OrderBreakdown,
  type OrderDetails,
  type OrderLine,
  type ShippingAddress,
} from "../../gateway/order-details";
import { coinOf, toApiMoney, type ApiMoney } from "./amounts";
import type { PayPalOptions } from "./options";
import type { OrderIssue } from "./order-issues";
import { Refusal } from "./refusal";

/** What PayPal is told of an order beside its amount, in the SDK's names. Items come with a breakdown only. */
export type ToldOrder = Readonly<{
  breakdown?: AmountBreakdown;
  items?: readonly ItemRequest[];
  shipping?: ShippingDetails;
}>;

/** Orders v2, longest texts: `item`, `address_portable`, `name`. */
const LONGEST = {
  item: 127,
  address_line: 300,
  admin_area_1: 300,
  admin_area_2: 120,
  postal_code: 60,
  full_name: 300,
} as const;

/** Orders v2, `country_code`: "Use the `C2` country code for China worldwide for […] bank card, and cross-border". */
const COUNTRY: Readonly<Record<string, string>> = { CN: "C2" };

/** Issues of what is told beside the amount, in Orders v2. An issue of any other name is one by its field. */
const ISSUES: readonly string[] = [
  "AMOUNT_MISMATCH",
  "ITEM_TOTAL_MISMATCH",
  "ITEM_TOTAL_REQUIRED",
  "TAX_TOTAL_MISMATCH",
  "TAX_TOTAL_REQUIRED",
  "ITEM_CATEGORY_NOT_SUPPORTED_BY_PAYMENT_SOURCE",
  "MULTIPLE_ITEM_CATEGORIES",
  "CITY_REQUIRED",
  "POSTAL_CODE_REQUIRED",
  "INVALID_COUNTRY_CODE",
  "INVALID_PICKUP_ADDRESS",
  "SHIPPING_ADDRESS_INVALID",
] satisfies OrderIssue[];
const FIELD = /\/(items|shipping|amount\/breakdown)(\/|$)/;

/** What PayPal is told of the details. Nothing where the operator does not want it. */
export function toldOf(
  { breakdown, ship_to }: OrderDetails = {},
  amount: Money,
  { send_order_details }: Pick<PayPalOptions, "send_order_details">,
): ToldOrder {
  if (!send_order_details) {
    return {};
  }
  const whole = breakdown && inCoins(breakdown, amount, coinOf(amount.currency));
  const shipping = ship_to && shippingOf(ship_to);
  return { ...(whole && partsOf(whole, amount.currency)), ...(shipping && { shipping }) };
}

/** True when nothing is told beside the amount. */
export function isEmpty(told: ToldOrder): boolean {
  return Object.keys(told).length === 0;
}

/** True when PayPal refused a request for what it was told beside the amount: nothing was done. */
export function isAboutDetails(error: unknown): error is Refusal {
  return (
    error instanceof Refusal &&
    (error.status === 400 || error.status === 422) &&
    (ISSUES.includes(error.code) || FIELD.test(error.field ?? ""))
  );
}

function partsOf(
  breakdown: OrderBreakdown,
  currency: string,
): Required<Pick<ToldOrder, "breakdown" | "items">> {
  const { lines, shipping_minor, tax_minor, handling_minor, discount_minor } = breakdown;
  const api = (amount_minor: bigint): ApiMoney => toApiMoney({ amount_minor, currency });
  return {
    breakdown: {
      itemTotal: api(linesTotal(breakdown)),
      ...(shipping_minor > 0n && { shipping: api(shipping_minor) }),
      ...(tax_minor > 0n && { taxTotal: api(tax_minor) }),
      ...(handling_minor > 0n && { handling: api(handling_minor) }),
      ...(discount_minor > 0n && { discount: api(discount_minor) }),
    },
    items: lines.map((line) => itemOf(line, api(line.unit_amount_minor))),
  };
}

function itemOf({ name, quantity, description, sku, kind }: OrderLine, unitAmount: ApiMoney): ItemRequest {
  return {
    // PayPal takes no empty name.
    name: cut(name, LONGEST.item) ?? "-",
    unitAmount,
    quantity: String(quantity),
    description: cut(description, LONGEST.item),
    sku: cut(sku, LONGEST.item),
    ...(kind && { category: kind === "physical" ? ItemCategory.PhysicalGoods : ItemCategory.DigitalGoods }),
  };
}

/** Nothing for an address that PayPal would not take for one: what it is shipped to has a street and a place. */
function shippingOf(address: ShippingAddress): ShippingDetails | undefined {
  const { line_1, line_2, city, province, postal_code, country, name } = address;
  const addressLine1 = cut(line_1, LONGEST.address_line);
  const adminArea2 = cut(city, LONGEST.admin_area_2);
  if (!addressLine1 || !adminArea2 || !/^[A-Z]{2}$/.test(country)) {
    return undefined;
  }
  const fullName = cut(name, LONGEST.full_name);
  return {
    ...(fullName !== undefined && { name: { fullName } }),
    address: {
      addressLine1,
      addressLine2: cut(line_2, LONGEST.address_line),
      adminArea2,
      adminArea1: cut(province && provinceCode(province, country), LONGEST.admin_area_1),
      postalCode: cut(postal_code, LONGEST.postal_code),
      countryCode: COUNTRY[country] ?? country,
    },
  };
}

/** Medusa's tax regions know `us-ca`; PayPal wants "`CA` and not `California`". A name is left as it is. */
function provinceCode(province: string, country: string): string {
  const [, code] = new RegExp(`^${country}-([a-z0-9]{1,3})$`, "i").exec(province.trim()) ?? [];
  return code?.toUpperCase() ?? province;
}

/** One line of at most so many UTF-16 units, without half a character at its end; undefined when nothing is left. */
function cut(text: string | undefined, longest: number): string | undefined {
  const line =
    text
      ?.replaceAll(/[\s\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, longest) ?? "";
  const whole = /[\uD800-\uDBFF]$/.test(line) ? line.slice(0, -1) : line;
  return whole === "" ? undefined : whole;
}
