import type {
  CartFacts,
  GatewayOptionProvider,
  HiddenReason,
  MethodSetting,
  OptionProvider,
  ProviderSetting,
} from "./types";
import type { MethodCapability } from "../../gateway/payment-gateway";

/** What decides whether an option may be offered to a cart, before anything that happened in the cart. */
export type EligibilitySubject = Readonly<{
  cart: CartFacts;
  provider: OptionProvider;
  /** Undefined for a foreign provider. */
  capability: MethodCapability | undefined;
  setting: ProviderSetting | undefined;
  method_setting: MethodSetting | undefined;
}>;

/** Everything that speaks against offering an option; empty when it may be offered. */
export function reasonsAgainst(subject: EligibilitySubject): HiddenReason[] {
  return SPEAKS_AGAINST.flatMap((check) => check(subject) ?? []);
}

type Check = (subject: EligibilitySubject) => HiddenReason | undefined;

/** All checks; each gives its reason when the option must not be offered. */
const SPEAKS_AGAINST: readonly Check[] = [
  ({ setting }) =>
    setting?.unreadable ? { code: "settings_unreadable", columns: setting.unreadable } : undefined,
  ({ setting }) => (setting?.enabled === false ? { code: "disabled" } : undefined),
  ({ method_setting }) => (method_setting?.enabled === false ? { code: "method_disabled" } : undefined),
  ({ cart, provider, capability }) =>
    provider.kind === "gateway"
      ? (currencyAgainst("currency_of_gateway", cart, acceptedBy(provider)) ??
        currencyAgainst("currency_of_gateway", cart, capability?.currencies))
      : undefined,
  ({ cart, setting }) => currencyAgainst("currency_of_operator", cart, setting?.rules?.currencies),
  ({ cart, capability }) => countryAgainst("country_of_gateway", cart, capability?.countries),
  ({ cart, setting }) => countryAgainst("country_of_operator", cart, setting?.rules?.countries),
  ({ cart, provider }) =>
    provider.kind === "gateway"
      ? amountAgainst("amount_of_gateway", cart, provider.capabilities.limits)
      : undefined,
  ({ cart, setting }) => amountAgainst("amount_of_operator", cart, setting?.rules?.amounts),
  ({ cart, setting }) => groupsLacking(cart, setting?.rules?.customer_groups?.only),
  ({ cart, setting }) =>
    someOf("customer_group_never", cart.customer_group_ids, setting?.rules?.customer_groups?.never),
  ({ cart, setting }) => othersThan(cart, setting?.rules?.products?.only),
  ({ cart, setting }) => someOf("product_never", cart.product_ids, setting?.rules?.products?.never),
  ({ provider }) => (provider.kind === "gateway" && !provider.healthy ? { code: "unhealthy" } : undefined),
];

type Limits = Readonly<Record<string, { min_minor?: bigint; max_minor?: bigint }>>;

function acceptedBy(provider: GatewayOptionProvider): readonly string[] | undefined {
  const { currencies } = provider.capabilities;
  return currencies === "all" ? undefined : currencies;
}

function currencyAgainst(
  code: "currency_of_gateway" | "currency_of_operator",
  { currency }: CartFacts,
  accepted: readonly string[] | undefined,
): HiddenReason | undefined {
  return accepted !== undefined && !accepted.includes(currency) ? { code, currency, accepted } : undefined;
}

/** A cart without a billing country yet is not held to countries: the check comes again when it has one. */
function countryAgainst(
  code: "country_of_gateway" | "country_of_operator",
  { country }: CartFacts,
  accepted: readonly string[] | undefined,
): HiddenReason | undefined {
  if (accepted === undefined || country === undefined) {
    return undefined;
  }
  const wanted = country.toLowerCase();
  return accepted.some((one) => one.toLowerCase() === wanted) ? undefined : { code, country, accepted };
}

function amountAgainst(
  code: "amount_of_gateway" | "amount_of_operator",
  { amount, currency }: CartFacts,
  limits: Limits | undefined,
): HiddenReason | undefined {
  const { min_minor, max_minor } = limits?.[currency] ?? {};
  const is_outside =
    amount !== undefined &&
    ((min_minor !== undefined && amount.amount_minor < min_minor) ||
      (max_minor !== undefined && amount.amount_minor > max_minor));
  return is_outside
    ? {
        code,
        amount,
        ...(min_minor !== undefined && { min: { amount_minor: min_minor, currency } }),
        ...(max_minor !== undefined && { max: { amount_minor: max_minor, currency } }),
      }
    : undefined;
}

function groupsLacking(
  { customer_group_ids }: CartFacts,
  only: readonly string[] | undefined,
): HiddenReason | undefined {
  return only !== undefined &&
    customer_group_ids !== undefined &&
    !only.some((id) => customer_group_ids.includes(id))
    ? { code: "customer_group_only", ids: only }
    : undefined;
}

function othersThan(
  { product_ids }: CartFacts,
  only: readonly string[] | undefined,
): HiddenReason | undefined {
  const others =
    only === undefined ? [] : (product_ids ?? []).filter((id) => id === null || !only.includes(id));
  return others.length > 0
    ? { code: "product_only", ids: [...new Set(others.filter((id) => id !== null))] }
    : undefined;
}

function someOf(
  code: "customer_group_never" | "product_never",
  found: readonly (string | null)[] | undefined,
  never: readonly string[] | undefined,
): HiddenReason | undefined {
  const ids = never?.filter((id) => found?.includes(id)) ?? [];
  return ids.length > 0 ? { code, ids } : undefined;
}

/** True when a limit of the gateway or of the operator depends on what is to be paid. */
export function dependsOnAmount(provider: OptionProvider, setting: ProviderSetting | undefined): boolean {
  return (
    (provider.kind === "gateway" && provider.capabilities.limits !== undefined) ||
    setting?.rules?.amounts !== undefined
  );
}

/** True when a rule of the operator depends on who the customer is. */
export function dependsOnCustomer(setting: ProviderSetting | undefined): boolean {
  return setting?.rules?.customer_groups !== undefined;
}

/** True when a rule of the operator depends on what is in the cart. */
export function dependsOnProducts(setting: ProviderSetting | undefined): boolean {
  return setting?.rules?.products !== undefined;
}

/** True when the operator himself speaks against an option: switched off, or one of the rules. */
export function isRefusedByOperator(subject: Omit<EligibilitySubject, "provider" | "capability">): boolean {
  return reasonsAgainst({ ...subject, provider: NEUTRAL, capability: undefined }).length > 0;
}

/** A provider that nothing but the operator can speak against. */
const NEUTRAL: OptionProvider = { id: "", kind: "foreign" };
