import type { MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";

type Change = Readonly<{
  value?: number;
  limit?: number;
  is_automatic?: boolean;
  campaign?: { starts_at: Date; ends_at: Date };
}>;

/** A promotion that gives free shipping, or the share of it that `value` says. Returns its id. */
export function createShippingPromotion(
  container: MedusaContainer,
  code: string,
  { value = 100, ...change }: Change = {},
): Promise<string> {
  return create(container, code, "shipping_methods", value, change);
}

/** A promotion that takes the percentage off all goods. Returns its id. */
export function createPercentPromotion(
  container: MedusaContainer,
  code: string,
  { value = 10, ...change }: Change = {},
): Promise<string> {
  return create(container, code, "order", value, change);
}

async function create(
  container: MedusaContainer,
  code: string,
  target_type: "order" | "shipping_methods",
  value: number,
  { campaign, ...change }: Omit<Change, "value">,
): Promise<string> {
  const promotion = await container.resolve(Modules.PROMOTION).createPromotions({
    code,
    type: "standard",
    status: "active",
    application_method: {
      type: "percentage",
      target_type,
      value,
      allocation: "across",
      currency_code: "eur",
    },
    ...(campaign && { campaign: { name: code, campaign_identifier: code, ...campaign } }),
    ...change,
  });
  return promotion.id;
}
