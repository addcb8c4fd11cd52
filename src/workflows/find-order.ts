import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../gateway";

/** The id of the order made from the cart, if any. */
export async function findOrder(container: MedusaContainer, cart_id: string): Promise<string | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "order_cart", fields: ["order_id"], filters: { cart_id } });
  return data[0]?.order_id;
}

/** The id of the cart's order, if it was paid by this very attempt. */
export async function findPaidOrder(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<string | undefined> {
  const order_id = await findOrder(container, cart_id);
  if (!order_id) {
    return undefined;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "payment",
    fields: ["id", "canceled_at"],
    filters: { payment_session_id: attempt.payment_session_id },
  });
  return data.some((payment: { canceled_at: unknown }) => !payment.canceled_at) ? order_id : undefined;
}
