import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework";
import { tenderModule } from "../workflows/medusa/load-cart";

/** A canceled order's payments are looked at in the next minute, for what Medusa leaves reserved or captured. */
export default async function orderCanceled({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const tender = tenderModule(container);
  for (const attempt of await tender.attempts.listOfOrder(event.data.id)) {
    await tender.queue.hasten(attempt.id, 0);
  }
}

// Without an id Medusa makes one of the function's name, and does not start when a store's own has the same.
export const config: SubscriberConfig = {
  event: "order.canceled",
  context: { subscriberId: "tender-order-canceled" },
};
