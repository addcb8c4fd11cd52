import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import type { Money } from "../../gateway";
import {
  dependsOnAmount,
  dependsOnCustomer,
  dependsOnProducts,
  type CartFacts,
  type OptionProvider,
  type ProviderSetting,
} from "../../services";
import { loadCart, type CartHead, type PayableCart } from "../medusa/load-cart";
import { beforeIncentives } from "./tied-promotions";

/** What eligibility depends on. What is costly to know is read only where these providers or settings ask for it. */
export async function loadCartFacts(
  container: MedusaContainer,
  cart: CartHead | PayableCart,
  providers: readonly OptionProvider[],
  settings: readonly ProviderSetting[],
): Promise<CartFacts> {
  const needed = (depends: (setting: ProviderSetting) => boolean): boolean =>
    settings.some((setting) => depends(setting));
  const [amount, contents] = await Promise.all([
    amountIfNeeded(container, cart, providers, settings),
    readContents(container, cart.id, {
      customer: needed(dependsOnCustomer),
      products: needed(dependsOnProducts),
    }),
  ]);
  return { currency: cart.currency_code.toUpperCase(), amount, country: cart.country, ...contents };
}

/**
 * The total as it is given, else the one that options are offered at: costly to know, and most stores have no limit that
 * depends on it.
 */
async function amountIfNeeded(
  container: MedusaContainer,
  cart: CartHead | PayableCart,
  providers: readonly OptionProvider[],
  settings: readonly ProviderSetting[],
): Promise<Money | undefined> {
  if ("total" in cart) {
    return cart.total;
  }
  const needed = providers.some((provider) =>
    dependsOnAmount(
      provider,
      settings.find(({ provider_id }) => provider_id === provider.id),
    ),
  );
  return needed ? (await beforeIncentives(container, await loadCart(container, cart.id))).total : undefined;
}

const Contents = z.object({
  customer: z.object({ groups: z.array(z.object({ id: z.string() }).nullable()).nullish() }).nullish(),
  items: z.array(z.object({ product_id: z.string().nullish() }).nullable()).nullish(),
});

async function readContents(
  container: MedusaContainer,
  cart_id: string,
  needed: Readonly<{ customer: boolean; products: boolean }>,
): Promise<Pick<CartFacts, "customer_group_ids" | "product_ids">> {
  if (!needed.customer && !needed.products) {
    return {};
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart",
    fields: [
      "id",
      ...(needed.customer ? ["customer.groups.id"] : []),
      ...(needed.products ? ["items.product_id"] : []),
    ],
    filters: { id: cart_id },
  });
  const { customer, items } = Contents.parse(data[0] ?? {});
  return {
    ...(needed.customer && {
      customer_group_ids: (customer?.groups ?? []).flatMap((group) => group?.id ?? []),
    }),
    ...(needed.products && { product_ids: (items ?? []).map((item) => item?.product_id ?? null) }),
  };
}
