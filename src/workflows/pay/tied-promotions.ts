import type { MedusaContainer } from "@medusajs/framework/types";
import { tenderModule, type PayableCart } from "../medusa/load-cart";

/**
 * The cart at the price that options are offered at: without what the chosen one brings, which goes when another is
 * chosen. Else the discount of one would decide whether the others are within their limits.
 */
export async function beforeIncentives(container: MedusaContainer, cart: PayableCart): Promise<PayableCart> {
  const brought = await tenderModule(container).brought_promotions.find(cart.id);
  return brought === undefined ? cart : { ...cart, total: cart.total_without(new Set([brought])) };
}
