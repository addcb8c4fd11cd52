import type {
  BigNumberInput,
  CartAddressDTO,
  CartDTO,
  CartLineItemDTO,
  CartShippingMethodDTO,
} from "@medusajs/framework/types";
import { MathBN } from "@medusajs/framework/utils";
import { breakdownOf, type Money, type OrderDetails, type ShippingAddress } from "../../gateway";

/**
 * What a cart is for, with all decimals as exact as Medusa has them. Prices stand as the store shows them: lines and
 * shipping with their tax where Medusa's prices include it, else the tax apart. Gift cards and store credit are discounts.
 *
 * @param cart loaded with `total`, for which Medusa reads its lines and shipping methods, and with its shipping address
 * @param total the amount that is paid, which the breakdown sums to
 */
export function orderDetailsOf(cart: CartDTO, total: Money): OrderDetails {
  const items = cart.items ?? [];
  const charges = [
    ...items.map((item) => chargeOf(item, lineTotal(item))),
    ...(cart.shipping_methods ?? []).map((method) => chargeOf(method, exact(method, "amount"))),
  ];
  const breakdown = breakdownOf(
    {
      lines: items.map((item) => ({
        name: item.title,
        ...(item.variant_title && item.variant_title !== item.title && { description: item.variant_title }),
        ...(item.variant_sku && { sku: item.variant_sku }),
        kind: item.requires_shipping ? "physical" : "digital",
        quantity: exact(item, "quantity"),
        total: lineTotal(item),
      })),
      shipping: (cart.shipping_methods ?? []).map((method) => exact(method, "amount")),
      tax: charges.map(({ tax }) => tax),
      discount: [...charges.map(({ discount }) => discount), exact(cart, "credit_line_total")],
    },
    total,
  );
  const ship_to = items.some(({ requires_shipping }) => requires_shipping)
    ? shipTo(cart.shipping_address)
    : undefined;
  return { ...(breakdown && { breakdown }), ...(ship_to && { ship_to }) };
}

function lineTotal(item: CartLineItemDTO): BigNumberInput {
  return MathBN.mult(exact(item, "unit_price"), exact(item, "quantity"));
}

/** What comes on top of a price, and what is taken off it, so that price + tax − discount is Medusa's total of it. */
function chargeOf(
  charged: CartLineItemDTO | CartShippingMethodDTO,
  price: BigNumberInput,
): Readonly<{ tax: BigNumberInput; discount: BigNumberInput }> {
  const tax = charged.is_tax_inclusive ? 0 : exact(charged, "tax_total");
  return { tax, discount: MathBN.sub(MathBN.add(price, tax), exact(charged, "total")) };
}

function shipTo(address: CartAddressDTO | undefined): ShippingAddress | undefined {
  const line_1 = address?.address_1?.trim();
  const country = address?.country_code?.toUpperCase();
  if (!address || !line_1 || !country) {
    return undefined;
  }
  const name = [address.first_name, address.last_name].filter(Boolean).join(" ").trim();
  return {
    line_1,
    country,
    ...(name && { name }),
    ...(address.address_2 && { line_2: address.address_2 }),
    ...(address.city && { city: address.city }),
    ...(address.province && { province: address.province }),
    ...(address.postal_code && { postal_code: address.postal_code }),
  };
}

/** Medusa's `name` went through a float, `raw_name`, which its types leave out, is exact. */
function exact<Name extends string>(row: Readonly<Record<Name, BigNumberInput>>, name: Name): BigNumberInput {
  const { [`raw_${name}`]: raw } = row as Readonly<Partial<Record<string, BigNumberInput>>>;
  return raw ?? row[name];
}
