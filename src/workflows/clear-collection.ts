import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { loadCartHead } from "./load-cart";
import { PaymentProblem } from "./payment-problem";

/** Throws `cart_completed` when the payment collection belongs to a cart that has its order. */
export async function assertCollectionUnpaid(
  container: MedusaContainer,
  payment_collection_id: string,
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id },
  });
  const cart_id = data[0]?.cart_id;
  if (cart_id && (await loadCartHead(container, cart_id)).completed) {
    throw new PaymentProblem("cart_completed", "This cart has been paid already.");
  }
}
