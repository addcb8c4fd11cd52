import type { MedusaContainer } from "@medusajs/framework/types";
import { isIdLike } from "../medusa/id-like";
import { findPaymentCollection, tenderModule } from "../medusa/load-cart";

/**
 * Whether a gateway was asked since then to authorize a payment of the cart, by the journal: also a payment that was
 * approved and given back again. Calls that certainly came to nothing do not count.
 */
export async function bankWasAsked(
  container: MedusaContainer,
  cart_id: string,
  since: Date,
): Promise<boolean> {
  const tender = tenderModule(container);
  const collection_id = isIdLike(cart_id) ? await findPaymentCollection(container, cart_id) : null;
  const attempts = collection_id ? await tender.attempts.listOfCollection(collection_id) : [];
  const calls = await Promise.all(attempts.map(({ id }) => tender.listOperations(id, ["authorize"])));
  return calls.flat().some(({ started_at, status }) => started_at >= since && status !== "failed");
}
