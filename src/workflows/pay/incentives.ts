import type {
  ApplicationMethodDTO,
  CampaignDTO,
  ComputeActionContext,
  IPromotionModuleService,
  Logger,
  MedusaContainer,
  PromotionDTO,
} from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { messageOf, moneyFromDecimal } from "../../gateway";
import type { Incentive, IncentiveBenefit, ProviderSetting } from "../../services";

/** What Medusa's promotion rules may ask of a cart, as its own cart workflows read it. */
const PROMOTION_CONTEXT = [
  "id",
  "email",
  "currency_code",
  "total",
  "subtotal",
  "item_total",
  "item_subtotal",
  "original_item_total",
  "original_item_subtotal",
  "shipping_subtotal",
  "region_id",
  "sales_channel_id",
  "region.*",
  "items.*",
  "items.product.id",
  "items.product.collection_id",
  "items.product.categories.id",
  "items.product.tags.id",
  "items.product.type_id",
  "items.variant.id",
  "items.adjustments.*",
  "items.tax_lines.*",
  "shipping_address.*",
  "shipping_methods.*",
  "shipping_methods.adjustments.*",
  "shipping_methods.tax_lines.*",
  "shipping_methods.shipping_option.shipping_option_type_id",
  "customer.*",
  "customer.groups.*",
];

/**
 * The promotions that come with options of these settings, by id: those that are active, and would take something off
 * this cart. Nothing is read where no setting has any.
 * @param cart_id without it, it is not asked whether they would
 */
export async function loadIncentives(
  container: MedusaContainer,
  settings: readonly ProviderSetting[],
  cart_id?: string,
): Promise<ReadonlyMap<string, Incentive>> {
  const ids = promotionIdsOf(settings);
  const promotions = await listPromotions(container, ids);
  const would_help =
    cart_id === undefined || promotions.length === 0
      ? () => true
      : await whichTakeOff(container, cart_id, promotions);
  return new Map(
    promotions
      .filter(({ code }) => would_help(code))
      .map(({ id, code, benefit }) => [id, { code, brings: benefit }]),
  );
}

/** An active promotion as far as incentives need it. */
export type IncentivePromotion = Readonly<{ id: string; code: string; benefit: IncentiveBenefit | null }>;

/** Those of these promotions that are active now. One that was deleted is none. */
export async function listPromotions(
  container: MedusaContainer,
  ids: readonly string[],
): Promise<IncentivePromotion[]> {
  if (ids.length === 0) {
    return [];
  }
  const promotions = await container
    .resolve<IPromotionModuleService>(Modules.PROMOTION)
    .listPromotions({ id: [...ids], status: ["active"] }, { relations: ["application_method", "campaign"] });
  const now = new Date();
  return promotions.flatMap(({ id, code, campaign, ...promotion }) =>
    code && isRunning(campaign, now) ? [{ id, code, benefit: benefitOf(promotion) }] : [],
  );
}

function isRunning(campaign: CampaignDTO | null | undefined, now: Date): boolean {
  const { starts_at, ends_at } = campaign ?? {};
  return (!starts_at || new Date(starts_at) <= now) && (!ends_at || new Date(ends_at) > now);
}

/** Ids of all promotions that come with something of these settings. */
export function promotionIdsOf(settings: readonly ProviderSetting[]): string[] {
  const ids = settings.flatMap(({ incentive }) =>
    [incentive?.all, ...Object.values(incentive?.methods ?? {})].flatMap((one) => one?.promotion_id ?? []),
  );
  return [...new Set(ids)];
}

/** Asks Medusa what each would take off, as if it were entered. */
async function whichTakeOff(
  container: MedusaContainer,
  cart_id: string,
  promotions: readonly IncentivePromotion[],
): Promise<(code: string) => boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart",
    fields: PROMOTION_CONTEXT,
    filters: { id: cart_id },
  });
  const helping = new Set<string>();
  for (const { code } of promotions) {
    if (await takesOff(container, data[0] as unknown as ComputeActionContext, code)) {
      helping.add(code);
    }
  }
  return (code) => helping.has(code);
}

async function takesOff(
  container: MedusaContainer,
  cart: ComputeActionContext,
  code: string,
): Promise<boolean> {
  try {
    const actions = await container
      .resolve<IPromotionModuleService>(Modules.PROMOTION)
      .computeActions([code], cart);
    return actions.some((action) => action.code === code && GIVES.has(action.action));
  } catch (error) {
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    logger.warn(`The promotion ${code} is not shown with its payment option: ${messageOf(error)}`);
    return false;
  }
}

const GIVES: ReadonlySet<string> = new Set(["addItemAdjustment", "addShippingMethodAdjustment"]);

function benefitOf({
  type,
  application_method,
}: Pick<PromotionDTO, "type" | "application_method">): IncentiveBenefit | null {
  const off = type === "standard" && application_method ? offOf(application_method) : undefined;
  return off
    ? { from: application_method?.target_type === "shipping_methods" ? "shipping" : "goods", off }
    : null;
}

/** An amount for each of several things has no one figure to tell. */
function offOf({
  type,
  value,
  currency_code,
  allocation,
}: ApplicationMethodDTO): IncentiveBenefit["off"] | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (type === "percentage") {
    return { percent: Number(value) };
  }
  return currency_code && allocation !== "each" && allocation !== "once"
    ? moneyFromDecimal(value, currency_code)
    : undefined;
}
