import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework";
import { findCartOfOrder } from "../workflows/medusa/find-order";
import { tenderModule } from "../workflows/medusa/load-cart";

/** What a payment option brought into a cart is kept for as long as the cart may be paid another way, and no longer. */
export default async function orderPlaced({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const cart_id = await findCartOfOrder(container, event.data.id);
  await (cart_id && tenderModule(container).brought_promotions.forget(cart_id));
}

// Without an id Medusa makes one of the function's name, and does not start when a store's own has the same.
export const config: SubscriberConfig = {
  event: "order.placed",
  context: { subscriberId: "tender-order-placed" },
};
