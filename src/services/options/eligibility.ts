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

export type Ineligibility = Readonly<{ reason: HiddenReason; decided_by: "gateway" | "operator" | "health" }>;

/** The first reason why an option is not offered; undefined when it may be. */
export function ineligibility(subject: EligibilitySubject): Ineligibility | undefined {
  const check = CHECKS.find(({ hides }) => hides(subject));
  return check && { reason: check.reason, decided_by: check.decided_by };
}

type Check = Ineligibility & Readonly<{ hides: (subject: EligibilitySubject) => boolean }>;

/** All checks, the one an operator would name first on top. Health is last: it passes by itself. */
const CHECKS: readonly Check[] = [
  {
    reason: "disabled",
    decided_by: "operator",
    hides: ({ setting, method_setting }) => setting?.enabled === false || method_setting?.enabled === false,
  },
  {
    reason: "currency",
    decided_by: "gateway",
    hides: ({ cart, provider, capability }) =>
      provider.kind === "gateway" &&
      (lacks(accepted(provider), cart.currency) || lacks(capability?.currencies, cart.currency)),
  },
  {
    reason: "currency",
    decided_by: "operator",
    hides: ({ cart, setting }) => lacks(setting?.rules?.currencies, cart.currency),
  },
  {
    reason: "country",
    decided_by: "gateway",
    hides: ({ cart, capability }) => lacksCountry(capability?.countries, cart.country),
  },
  {
    reason: "country",
    decided_by: "operator",
    hides: ({ cart, setting }) => lacksCountry(setting?.rules?.countries, cart.country),
  },
  {
    reason: "amount_below_minimum",
    decided_by: "gateway",
    hides: ({ cart, provider }) => provider.kind === "gateway" && isBelow(cart, provider.capabilities.limits),
  },
  {
    reason: "amount_above_maximum",
    decided_by: "gateway",
    hides: ({ cart, provider }) => provider.kind === "gateway" && isAbove(cart, provider.capabilities.limits),
  },
  {
    reason: "amount_below_minimum",
    decided_by: "operator",
    hides: ({ cart, setting }) => isBelow(cart, setting?.rules?.amounts),
  },
  {
    reason: "amount_above_maximum",
    decided_by: "operator",
    hides: ({ cart, setting }) => isAbove(cart, setting?.rules?.amounts),
  },
  {
    reason: "unhealthy",
    decided_by: "health",
    hides: ({ provider }) => provider.kind === "gateway" && !provider.healthy,
  },
];

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

function isBelow(cart: CartFacts, limits: Limits | undefined): boolean {
  const min_minor = limits?.[cart.currency]?.min_minor;
  return min_minor !== undefined && cart.amount !== undefined && cart.amount.amount_minor < min_minor;
}

function isAbove(cart: CartFacts, limits: Limits | undefined): boolean {
  const max_minor = limits?.[cart.currency]?.max_minor;
  return max_minor !== undefined && cart.amount !== undefined && cart.amount.amount_minor > max_minor;
}

/** True when a limit of the gateway or of the operator depends on what is to be paid. */
export function dependsOnAmount(provider: OptionProvider, setting: ProviderSetting | undefined): boolean {
  return (
    (provider.kind === "gateway" && provider.capabilities.limits !== undefined) ||
    setting?.rules?.amounts !== undefined
  );
}
