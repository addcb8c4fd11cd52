import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";

const FIELDS = [
  "id",
  "display_id",
  "status",
  "email",
  "currency_code",
  "created_at",
  "total",
  "subtotal",
  "tax_total",
  "shipping_total",
  "discount_total",
  "items.*",
];

/**
 * An order with its items and totals as JSON has them: Medusa's Query gives numbers as objects, which are plain
 * numbers only once they are written out. Whoever shows it parses it. Throws `NOT_FOUND` (404) for an unknown order.
 */
export async function loadOrder(container: MedusaContainer, order_id: string): Promise<unknown> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "order", fields: FIELDS, filters: { id: order_id } });
  const [order] = data;
  if (!order) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Order ${order_id} was not found.`);
  }
  return JSON.parse(JSON.stringify(order)) as unknown;
}
