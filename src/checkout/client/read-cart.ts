import { isObject, type JsonObject } from "./http";
import type { AddressView, CartItemView, CartView } from "./types";

/** The fields of Medusa's cart that the order summary shows. */
export const CART_FIELDS = [
  "id",
  "currency_code",
  "email",
  "completed_at",
  "total",
  "item_subtotal",
  "shipping_subtotal",
  "discount_subtotal",
  "tax_total",
  "credit_line_total",
  "*items",
  "items.subtotal",
  "*shipping_address",
  "*billing_address",
].join(",");

/** Reads Medusa's cart into what the page shows; what is absent becomes null, zero or an empty list. */
export function readCart(body: JsonObject): CartView {
  const cart = isObject(body["cart"]) ? body["cart"] : {};
  return {
    id: text(cart["id"]) ?? "",
    currency_code: text(cart["currency_code"]) ?? "",
    email: text(cart["email"]),
    completed_at: text(cart["completed_at"]),
    total: amount(cart["total"]),
    item_subtotal: amount(cart["item_subtotal"]),
    shipping_subtotal: amount(cart["shipping_subtotal"]),
    discount_subtotal: amount(cart["discount_subtotal"]),
    tax_total: amount(cart["tax_total"]),
    credit_line_total: amount(cart["credit_line_total"]),
    items: (Array.isArray(cart["items"]) ? cart["items"] : []).filter(isObject).map(readItem),
    shipping_address: readAddress(cart["shipping_address"]),
    billing_address: readAddress(cart["billing_address"]),
  };
}

function readAddress(address: unknown): AddressView | null {
  if (!isObject(address)) return null;
  return {
    first_name: text(address["first_name"]),
    last_name: text(address["last_name"]),
    address_1: text(address["address_1"]),
    address_2: text(address["address_2"]),
    city: text(address["city"]),
    province: text(address["province"]),
    postal_code: text(address["postal_code"]),
    country_code: text(address["country_code"]),
  };
}

function readItem(item: JsonObject): CartItemView {
  return {
    id: text(item["id"]) ?? "",
    title: text(item["product_title"]) ?? text(item["title"]) ?? "",
    variant_title: text(item["variant_title"]),
    quantity: amount(item["quantity"]),
    subtotal: amount(item["subtotal"]),
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function amount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
