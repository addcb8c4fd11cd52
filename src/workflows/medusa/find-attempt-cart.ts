import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../../gateway";

/** The cart an attempt is to pay. One made through Medusa's own routes knows its payment collection only. */
export async function findCartOf(
  container: MedusaContainer,
  { cart_id, payment_collection_id }: Pick<AttemptRecord, "cart_id" | "payment_collection_id">,
): Promise<string | undefined> {
  if (cart_id || !payment_collection_id) {
    return cart_id ?? undefined;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id },
  });
  return data[0]?.cart_id;
}

/** The order whose outstanding amount the attempt's payment collection is for, where it was made without a cart. */
export async function findOrderOf(
  container: MedusaContainer,
  { payment_collection_id }: AttemptRecord,
): Promise<string | undefined> {
  if (!payment_collection_id) {
    return undefined;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id },
  });
  return data[0]?.order_id;
}
