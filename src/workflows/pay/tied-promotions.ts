import type { MedusaContainer } from "@medusajs/framework/types";
import { tenderModule, type PayableCart } from "../medusa/load-cart";

/** Codes in the cart that are there for the option that was chosen. */
export async function tiedCodes(container: MedusaContainer, cart_id: string): Promise<ReadonlySet<string>> {
  const brought = await tenderModule(container).brought_promotions.find(cart_id);
  return new Set(brought === undefined ? [] : [brought]);
}

/**
 * The cart at the price that options are offered at: without what the chosen one brings, which goes when another is
 * chosen. Else the discount of one would decide whether the others are within their limits.
 */
export async function beforeIncentives(container: MedusaContainer, cart: PayableCart): Promise<PayableCart> {
  const codes = await tiedCodes(container, cart.id);
  return codes.size === 0 ? cart : { ...cart, total: cart.total_without(codes) };
}
