import type { IRegionModuleService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import { InvalidMoney, moneyFromDecimal, moneyToDecimal } from "../../../gateway";
import type { CartFacts, HiddenReason, OfferedOption, OptionsInput } from "../../../services";
import { loadCartHead, tenderModule } from "../../medusa/load-cart";
import { optionProviders } from "../../medusa/payment-providers";
import { loadIncentives } from "../../pay/incentives";
import { listRegionProviders, loadListingInput } from "../../pay/list-payment-options";
import { listInstalledProviders, startedProviders } from "./installed-providers";
import { namesOf, type Named } from "./named";

/** A cart, or what one would be like. */
export type PreviewWish = Readonly<{ locale: string }> &
  (
    | Readonly<{ cart_id: string }>
    | Readonly<{
        region_id: string;
        currency_code: string;
        country?: string;
        /** A decimal in the currency's main unit. */
        amount?: number;
        customer_group_ids?: readonly string[];
        product_ids?: readonly string[];
      }>
  );

type AmountReason = Extract<HiddenReason, { code: "amount_of_gateway" | "amount_of_operator" }>;
type GroupReason = Extract<HiddenReason, { code: "customer_group_only" | "customer_group_never" }>;
type ProductReason = Extract<HiddenReason, { code: "product_only" | "product_never" }>;

/** Why an option is hidden, in decimals and names. */
export type ToldReason =
  | Exclude<HiddenReason, AmountReason | GroupReason | ProductReason>
  | Readonly<{ code: "disabled_for_region" | "not_installed" }>
  | Readonly<{
      code: AmountReason["code"];
      amount: number;
      min: number | null;
      max: number | null;
      currency_code: string;
    }>
  | Readonly<{ code: GroupReason["code"]; groups: readonly Named[] }>
  | Readonly<{ code: ProductReason["code"]; products: readonly Named[] }>;

export type PreviewedOption = Readonly<{
  provider_id: string;
  /** Null where the provider's methods are not known. */
  method: string | null;
  title: string;
  reasons: readonly ToldReason[];
}>;

export type Preview = Readonly<{
  offered: readonly OfferedOption[];
  hidden: readonly PreviewedOption[];
}>;

type Untold = Omit<PreviewedOption, "reasons"> &
  Readonly<{ reasons: readonly (HiddenReason | { code: "disabled_for_region" | "not_installed" })[] }>;

/**
 * What a shopper is offered for a cart, and everything that speaks against what is not. It asks the same function that
 * lists and starts.
 * @throws MedusaError `NOT_FOUND` for a cart or region that does not exist, `INVALID_DATA` for a currency that does not
 */
export async function previewOptions(container: MedusaContainer, wish: PreviewWish): Promise<Preview> {
  const { input, region_id } =
    "cart_id" in wish ? await inputOfCart(container, wish) : await inputOfRegion(container, wish);
  const { offered, hidden } = tenderModule(container).payment_options.explainOptions(input);
  const untold = [...hidden, ...(await beyondRegion(container, input, region_id))];
  return { offered, hidden: await Promise.all(untold.map((option) => told(container, option))) };
}

type Asked = Readonly<{ input: OptionsInput; region_id: string | null }>;

async function inputOfCart(
  container: MedusaContainer,
  { cart_id, locale }: Extract<PreviewWish, { cart_id: string }>,
): Promise<Asked> {
  const cart = await loadCartHead(container, cart_id);
  return { input: await loadListingInput(container, cart, locale), region_id: cart.region_id };
}

async function inputOfRegion(
  container: MedusaContainer,
  wish: Extract<PreviewWish, { region_id: string }>,
): Promise<Asked> {
  const { region_id, locale } = wish;
  await assertRegion(container, region_id);
  const [provider_ids, settings] = await Promise.all([
    listRegionProviders(container, region_id),
    tenderModule(container).settings.list(),
  ]);
  const input = {
    cart: factsOf(wish),
    providers: optionProviders(container, provider_ids),
    settings,
    attempts: [],
    locale,
    incentives: await loadIncentives(container, settings),
  };
  return { input, region_id };
}

function factsOf(wish: Extract<PreviewWish, { region_id: string }>): CartFacts {
  const { currency_code, amount, country, customer_group_ids = [], product_ids } = wish;
  try {
    const { currency, ...none } = moneyFromDecimal(amount ?? 0, currency_code);
    return {
      currency,
      ...(amount !== undefined && { amount: { ...none, currency } }),
      ...(country !== undefined && { country: country.toLowerCase() }),
      customer_group_ids,
      ...(product_ids && { product_ids }),
    };
  } catch (error) {
    throw error instanceof InvalidMoney
      ? new MedusaError(MedusaError.Types.INVALID_DATA, error.message)
      : error;
  }
}

async function assertRegion(container: MedusaContainer, id: string): Promise<void> {
  const [region] = await container
    .resolve<IRegionModuleService>(Modules.REGION)
    .listRegions({ id }, { select: ["id"], take: 1 });
  if (!region) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Region ${id} was not found.`);
  }
}

/** What the region does not enable, and what it enables and nobody can ask. */
async function beyondRegion(
  container: MedusaContainer,
  input: OptionsInput,
  region_id: string | null,
): Promise<readonly Untold[]> {
  const [installed, enabled] = await Promise.all([
    listInstalledProviders(container),
    listRegionProviders(container, region_id),
  ]);
  const started = startedProviders(installed);
  const { payment_options } = tenderModule(container);
  const elsewhere = started
    .filter(({ id }) => !enabled.includes(id))
    .flatMap((provider): Untold[] => {
      const alone = payment_options.explainOptions({ ...input, providers: [provider], attempts: [] });
      return [...alone.offered.map((option) => ({ ...option, reasons: [] })), ...alone.hidden].map(
        ({ provider_id, method, title, reasons }) => ({
          provider_id,
          method,
          title,
          reasons: [{ code: "disabled_for_region" }, ...reasons],
        }),
      );
    });
  const missing = enabled
    .filter((id) => !started.some((provider) => provider.id === id))
    .map((provider_id): Untold => ({
      provider_id,
      method: null,
      title: provider_id,
      reasons: [{ code: "not_installed" }],
    }));
  return [...elsewhere, ...missing];
}

async function told(container: MedusaContainer, { provider_id, method, title, reasons }: Untold) {
  const in_words = reasons.map(async (reason): Promise<ToldReason> => {
    switch (reason.code) {
      case "amount_of_gateway":
      case "amount_of_operator":
        return {
          code: reason.code,
          amount: Number(moneyToDecimal(reason.amount)),
          min: reason.min ? Number(moneyToDecimal(reason.min)) : null,
          max: reason.max ? Number(moneyToDecimal(reason.max)) : null,
          currency_code: reason.amount.currency.toLowerCase(),
        };
      case "customer_group_only":
      case "customer_group_never":
        return { code: reason.code, groups: await namesOf(container, "customer_group", reason.ids) };
      case "product_only":
      case "product_never":
        return { code: reason.code, products: await namesOf(container, "product", reason.ids) };
      default:
        return reason;
    }
  });
  return { provider_id, method, title, reasons: await Promise.all(in_words) };
}
