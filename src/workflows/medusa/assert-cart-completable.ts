import type { IInventoryService, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import { PaymentProblem } from "../payment-problem";

const quantity = z.union([z.number(), z.string()]);

const VariantItem = z.object({
  inventory_item_id: z.string(),
  required_quantity: quantity,
  inventory: z
    .object({
      location_levels: z
        .array(
          z.object({
            location_id: z.string(),
            stock_locations: z
              .array(z.object({ sales_channels: z.array(z.object({ id: z.string() }).nullish()).nullish() }))
              .nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

const Item = z.object({
  quantity,
  requires_shipping: z.boolean(),
  variant: z
    .object({
      manage_inventory: z.boolean().nullish(),
      allow_backorder: z.boolean().nullish(),
      product: z.object({ shipping_profile: z.object({ id: z.string() }).nullish() }).nullish(),
      inventory_items: z.array(VariantItem).nullish(),
    })
    .nullish(),
});

const Cart = z.object({
  sales_channel_id: z.string().nullish(),
  items: z.array(Item).nullish(),
  shipping_methods: z
    .array(z.object({ shipping_option: z.object({ shipping_profile_id: z.string().nullish() }).nullish() }))
    .nullish(),
});

type CartItem = z.infer<typeof Item>;

const FIELDS = [
  "id",
  "sales_channel_id",
  "items.id",
  "items.quantity",
  "items.requires_shipping",
  "items.variant.manage_inventory",
  "items.variant.allow_backorder",
  "items.variant.product.shipping_profile.id",
  "items.variant.inventory_items.inventory_item_id",
  "items.variant.inventory_items.required_quantity",
  "items.variant.inventory_items.inventory.location_levels.location_id",
  "items.variant.inventory_items.inventory.location_levels.stock_locations.id",
  "items.variant.inventory_items.inventory.location_levels.stock_locations.sales_channels.id",
  "shipping_methods.shipping_option_id",
  "shipping_methods.shipping_option.shipping_profile_id",
];

/**
 * Before a bank is asked: throws `cart_incomplete` or `item_unavailable` where Medusa's completion would refuse the
 * order (`validateCartItemsStep`, `validateShippingStep` and `reserveInventoryStep` of its `completeCartWorkflow`).
 * Otherwise a payment would be approved and given back at once, which holds an honest shopper's money and tells whoever
 * tries stolen cards that one is good.
 */
export async function assertCartCompletable(container: MedusaContainer, cart_id: string): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "cart", fields: FIELDS, filters: { id: cart_id } });
  const [cart] = z.array(Cart).parse(data);
  const items = cart?.items ?? [];
  const methods = cart?.shipping_methods ?? [];
  const reached = methods.map(({ shipping_option }) => shipping_option?.shipping_profile_id ?? undefined);
  const shipped = items.filter(({ requires_shipping }) => requires_shipping);
  const all_shipped = shipped.every(({ variant }) =>
    reached.includes(variant?.product?.shipping_profile?.id),
  );
  if (items.length === 0 || !all_shipped) {
    throw new PaymentProblem("cart_incomplete");
  }
  const in_stock = await Promise.all(
    items.map((item) => isInStock(container, item, cart?.sales_channel_id ?? undefined)),
  );
  if (!in_stock.every(Boolean)) {
    throw new PaymentProblem("item_unavailable");
  }
}

async function isInStock(
  container: MedusaContainer,
  { quantity: wanted, variant }: CartItem,
  sales_channel_id: string | undefined,
): Promise<boolean> {
  if (!variant?.manage_inventory || variant.allow_backorder || !sales_channel_id) {
    return true;
  }
  const inventory = container.resolve<IInventoryService>(Modules.INVENTORY);
  const parts = variant.inventory_items ?? [];
  const enough = await Promise.all(
    parts.map(({ inventory_item_id, required_quantity, inventory: stock }) => {
      const location_ids = (stock?.location_levels ?? [])
        .filter(({ stock_locations }) =>
          (stock_locations ?? []).some(({ sales_channels }) =>
            (sales_channels ?? []).some((channel) => channel?.id === sales_channel_id),
          ),
        )
        .map(({ location_id }) => location_id);
      return location_ids.length > 0
        ? inventory.confirmInventory(inventory_item_id, location_ids, MathBN.mult(required_quantity, wanted))
        : false;
    }),
  );
  return parts.length > 0 && enough.every(Boolean);
}
