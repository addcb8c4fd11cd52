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

export const config: SubscriberConfig = { event: "order.canceled" };
