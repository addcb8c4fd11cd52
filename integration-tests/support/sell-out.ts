import type { MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

/** Takes every piece of the variant off the shelves while the work runs. */
export async function whileSoldOut(
  container: MedusaContainer,
  variant_id: string,
  work: () => Promise<void>,
): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY);
  const product = container.resolve(Modules.PRODUCT);
  const [location] = await container.resolve(Modules.STOCK_LOCATION).listStockLocations({});
  const [item] = await inventory.createInventoryItems([{ sku: `sold-out-${Date.now()}` }]);
  await inventory.createInventoryLevels([
    { inventory_item_id: item!.id, location_id: location!.id, stocked_quantity: 0 },
  ]);
  const link = container.resolve("link");
  const pair = {
    [Modules.PRODUCT]: { variant_id },
    [Modules.INVENTORY]: { inventory_item_id: item!.id },
    data: { required_quantity: 1 },
  };
  await link.create(pair);
  await product.updateProductVariants(variant_id, { manage_inventory: true });
  try {
    await work();
  } finally {
    await product.updateProductVariants(variant_id, { manage_inventory: false });
    await link.dismiss(pair);
  }
}
