import type { MedusaContainer } from "@medusajs/framework/types";
import { COUNTS_AS_REFUSAL } from "../../services";
import { findPaymentCollection, tenderModule } from "../medusa/load-cart";

/**
 * Whether a refusal that Medusa's completion reported counts against the shopper. Medusa does not pass the reason on;
 * the attempt that was tried since then has it. A provider of another plugin tells no reason: it counts.
 */
export async function refusalCounts(
  container: MedusaContainer,
  cart_id: string,
  since: Date,
): Promise<boolean> {
  const collection_id = await findPaymentCollection(container, cart_id);
  const attempts = collection_id
    ? await tenderModule(container).attempts.listOfCollection(collection_id)
    : [];
  const tried = attempts.filter(({ updated_at }) => updated_at >= since).at(-1);
  return !tried || (tried.decline !== null && COUNTS_AS_REFUSAL[tried.decline.category]);
}
