import type { MedusaContainer } from "@medusajs/framework/types";
import { isIdLike } from "../medusa/id-like";
import { tenderModule } from "../medusa/load-cart";

/** A code that the shopper enters is theirs from then on, also where a payment option brought it before. */
export async function ownPromotions(
  container: MedusaContainer,
  cart_id: string,
  codes: readonly string[],
): Promise<void> {
  const { brought_promotions } = tenderModule(container);
  const brought = isIdLike(cart_id) ? await brought_promotions.find(cart_id) : undefined;
  if (brought !== undefined && codes.includes(brought)) {
    await brought_promotions.forget(cart_id);
  }
}
