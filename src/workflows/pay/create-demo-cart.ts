import {
  addShippingMethodToCartWorkflow,
  createCartWorkflow,
  listShippingOptionsForCartWorkflow,
} from "@medusajs/medusa/core-flows";
import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";

/** How many of the seeded products the demo buys. */
const DEMO_ITEMS = 2;

const Region = z.object({
  id: z.string(),
  countries: z.array(z.object({ iso_2: z.string() }).nullish()).nullish(),
});
const Product = z.object({
  variants: z.array(z.object({ id: z.string() }).nullish()).nullish(),
  sales_channels: z.array(z.object({ id: z.string() }).nullish()).nullish(),
});
const ShippingOptions = z.array(z.object({ id: z.string() }));

/** Makes a cart of the first seeded products, addressed and with its shipping chosen, ready to be paid. */
export async function createDemoCart(scope: MedusaContainer): Promise<string> {
  const query = scope.resolve(ContainerRegistrationKeys.QUERY);
  const [regions, products] = await Promise.all([
    query.graph({ entity: "region", fields: ["id", "countries.iso_2"] }),
    query.graph({
      entity: "product",
      fields: ["variants.id", "sales_channels.id"],
      filters: { status: "published" },
      pagination: { take: DEMO_ITEMS, order: { created_at: "ASC" } },
    }),
  ]);
  const [region] = z.array(Region).parse(regions.data);
  const variants = z.array(Product).parse(products.data);
  const salesChannelId = variants[0]?.sales_channels?.[0]?.id;
  const variantIds = variants.flatMap((product) => product.variants?.[0]?.id ?? []);
  if (!region || !salesChannelId || variantIds.length === 0) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      "The demo needs a region and a published product in a sales channel. Seed the store first.",
    );
  }

  const { result: cart } = await createCartWorkflow(scope).run({
    input: {
      region_id: region.id,
      sales_channel_id: salesChannelId,
      email: "demo@example.com",
      items: variantIds.map((variant_id) => ({ variant_id, quantity: 1 })),
      shipping_address: {
        first_name: "Sam",
        last_name: "Demo",
        address_1: "Marktstraße 1",
        city: "Berlin",
        postal_code: "10115",
        country_code: demoCountry(region),
      },
    },
  });
  await chooseShipping(scope, cart.id);
  return cart.id;
}

/** The country of the demo's address, or the region's first where it does not sell there. */
function demoCountry({ countries }: z.infer<typeof Region>): string {
  const codes = (countries ?? []).flatMap((country) => country?.iso_2 ?? []);
  return codes.includes("de") ? "de" : (codes[0] ?? "");
}

async function chooseShipping(scope: MedusaContainer, cartId: string): Promise<void> {
  const { result } = await listShippingOptionsForCartWorkflow(scope).run({ input: { cart_id: cartId } });
  const [option] = ShippingOptions.parse(result);
  if (!option) return;
  await addShippingMethodToCartWorkflow(scope).run({
    input: { cart_id: cartId, options: [{ id: option.id }] },
  });
}
