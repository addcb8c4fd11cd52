import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";

const Cart = z.object({
  id: z.string(),
  completed_at: z.unknown(),
  sales_channel_id: z.string().nullish(),
  order: z
    .object({
      id: z.string(),
      display_id: z.number(),
      email: z.string().nullish(),
      currency_code: z.string(),
      total: z.coerce.number(),
    })
    .nullish(),
});

const Channel = z.object({
  publishable_api_keys: z
    .array(z.object({ token: z.string(), type: z.string(), revoked_at: z.unknown() }).nullish())
    .nullish(),
});

const Store = z.object({ name: z.string().nullish() });

export type CheckoutCart = Readonly<{
  id: string;
  publishable_key: string | null;
  order: PaidOrder | null;
}>;

/** The order a cart has become, as far as a page needs it. The total is in the currency's main unit. */
export type PaidOrder = Readonly<{
  id: string;
  display_id: number;
  email: string | null;
  currency_code: string;
  total: number;
}>;

/** What the page needs of a cart: the key its browser uses, and the order it may have become. Null when unknown. */
export async function findCheckoutCart(scope: MedusaContainer, cartId: string): Promise<CheckoutCart | null> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart",
    fields: [
      "id",
      "completed_at",
      "sales_channel_id",
      "order.id",
      "order.display_id",
      "order.email",
      "order.currency_code",
      "order.total",
    ],
    filters: { id: cartId },
  });
  const [cart] = z.array(Cart).parse(data);
  if (!cart) return null;
  return {
    id: cart.id,
    publishable_key: cart.sales_channel_id ? await publishableKey(scope, cart.sales_channel_id) : null,
    order: cart.completed_at && cart.order ? { ...cart.order, email: cart.order.email ?? null } : null,
  };
}

/** The store's name as the page's heading, or "". */
export async function storeName(scope: MedusaContainer): Promise<string> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "store", fields: ["name"] });
  return z.array(Store).parse(data)[0]?.name ?? "";
}

async function publishableKey(scope: MedusaContainer, salesChannelId: string): Promise<string | null> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "sales_channel",
    fields: ["publishable_api_keys.token", "publishable_api_keys.type", "publishable_api_keys.revoked_at"],
    filters: { id: salesChannelId },
  });
  const keys = z.array(Channel).parse(data)[0]?.publishable_api_keys ?? [];
  return keys.find((key) => key?.type === "publishable" && isCurrent(key.revoked_at))?.token ?? null;
}

/** A key may be revoked from a moment in the future on. */
function isCurrent(revokedAt: unknown): boolean {
  if (revokedAt === null || revokedAt === undefined) return true;
  return new Date(String(revokedAt)).getTime() > Date.now();
}
