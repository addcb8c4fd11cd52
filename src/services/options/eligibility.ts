import type {
  CartFacts,
  GatewayOptionProvider,
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

/** Whether an option may be offered: no check speaks against it. */
export function isEligible(subject: EligibilitySubject): boolean {
  return !Object.values(SPEAKS_AGAINST).some((check) => check(subject));
}

type Check = (subject: EligibilitySubject) => boolean;

/** All checks, each true when the option must not be offered. */
const SPEAKS_AGAINST = {
  disabled: ({ setting, method_setting }) => setting?.enabled === false || method_setting?.enabled === false,
  currency_of_gateway: ({ cart, provider, capability }) =>
    provider.kind === "gateway" &&
    (lacks(accepted(provider), cart.currency) || lacks(capability?.currencies, cart.currency)),
  currency_of_operator: ({ cart, setting }) => lacks(setting?.rules?.currencies, cart.currency),
  country_of_gateway: ({ cart, capability }) => lacksCountry(capability?.countries, cart.country),
  country_of_operator: ({ cart, setting }) => lacksCountry(setting?.rules?.countries, cart.country),
  amount_of_gateway: ({ cart, provider }) =>
    provider.kind === "gateway" && isOutside(cart, provider.capabilities.limits),
  amount_of_operator: ({ cart, setting }) => isOutside(cart, setting?.rules?.amounts),
  unhealthy: ({ provider }) => provider.kind === "gateway" && !provider.healthy,
} as const satisfies Readonly<Record<string, Check>>;

type Limits = Readonly<Record<string, { min_minor?: bigint; max_minor?: bigint }>>;

function accepted(provider: GatewayOptionProvider): readonly string[] | undefined {
  const { currencies } = provider.capabilities;
  return currencies === "all" ? undefined : currencies;
}

function lacks(list: readonly string[] | undefined, value: string): boolean {
  return list !== undefined && !list.includes(value);
}

/** A cart without a billing country yet is not held to countries: the check comes again when it has one. */
function lacksCountry(list: readonly string[] | undefined, country: string | undefined): boolean {
  if (list === undefined || country === undefined) {
    return false;
  }
  const wanted = country.toLowerCase();
  return !list.some((code) => code.toLowerCase() === wanted);
}

function isOutside({ amount, currency }: CartFacts, limits: Limits | undefined): boolean {
  const { min_minor, max_minor } = limits?.[currency] ?? {};
  return (
    amount !== undefined &&
    ((min_minor !== undefined && amount.amount_minor < min_minor) ||
      (max_minor !== undefined && amount.amount_minor > max_minor))
  );
}

/** True when a limit of the gateway or of the operator depends on what is to be paid. */
export function dependsOnAmount(provider: OptionProvider, setting: ProviderSetting | undefined): boolean {
  return (
    (provider.kind === "gateway" && provider.capabilities.limits !== undefined) ||
    setting?.rules?.amounts !== undefined
  );
}
