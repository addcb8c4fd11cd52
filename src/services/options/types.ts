import type { AttemptStatus } from "../../gateway/attempt-states";
import type { Decline, DeclineCategory } from "../../gateway/declines";
import type { Money } from "../../gateway/money";
import type { GatewayCapabilities, MethodCapability } from "../../gateway/payment-gateway";
import type { RecordedRecovery } from "../recovery/types";
import type { DeclineView } from "../texts/types";

/** A provider of ours, as far as listing needs to know it. */
export type GatewayOptionProvider = Readonly<{
  id: string;
  kind: "gateway";
  methods: readonly MethodCapability[];
  capabilities: GatewayCapabilities;
  healthy: boolean;
  /** What the browser may know to show the method. May throw: then only this option is hidden. */
  clientConfig(method: string, amount?: Money): Record<string, unknown>;
}>;

/** A Medusa provider that is no Tender gateway: one option, whose method is the provider's id. */
export type ForeignOptionProvider = Readonly<{ id: string; kind: "foreign" }>;

export type OptionProvider = GatewayOptionProvider | ForeignOptionProvider;

/** What eligibility depends on. */
export type CartFacts = Readonly<{
  /** Upper-case ISO 4217 code. */
  currency: string;
  /** What is to be paid. May be left out where no limit of a provider or the operator depends on it. */
  amount?: Money;
  /** Billing country, ISO 3166-1 alpha-2; a cart without one is not held to countries yet. */
  country?: string;
  /** Ids of the customer's groups, none for a guest. May be left out where no rule of the operator depends on them. */
  customer_group_ids?: readonly string[];
  /** Of each line, null for one that is no product. May be left out where no rule of the operator depends on them. */
  product_ids?: readonly (string | null)[];
}>;

/** An operator's own words for an option. */
export type OwnTitle = Readonly<{ title: string; description?: string | null }>;
export type OwnTitles = Readonly<Record<string, OwnTitle>>;

/** When an operator wants a provider offered. Only what is given is checked. */
export type OptionRules = Readonly<{
  /** Per upper-case currency, in minor units; a currency without an entry has no limit. */
  amounts?: Readonly<Record<string, { min_minor?: bigint; max_minor?: bigint }>>;
  /** Billing countries, ISO 3166-1 alpha-2. */
  countries?: readonly string[];
  /** Upper-case ISO 4217 codes. */
  currencies?: readonly string[];
  /** `only`: the customer is in one of these groups. `never`: the customer is in none of these. */
  customer_groups?: OnlyOrNever;
  /** `only`: the cart holds nothing but these products. `never`: the cart holds none of these. */
  products?: OnlyOrNever;
}>;

/** Ids on which a rule depends. */
export type OnlyOrNever = Readonly<{ only?: readonly string[]; never?: readonly string[] }>;

/** A promotion of Medusa's that comes with choosing an option. */
export type IncentiveSetting = Readonly<{ promotion_id: string }>;

export type MethodSetting = Readonly<{
  enabled?: boolean;
  position?: number;
  titles?: OwnTitles;
  /** True to show this method of this provider as an option of its own. */
  apart?: boolean;
}>;

/** What the operator set for a provider. A provider without one is enabled and comes last. */
export type ProviderSetting = Readonly<{
  provider_id: string;
  enabled: boolean;
  /** Place among all options, smaller first; a method's own position goes before it. */
  position?: number | null;
  apart?: boolean;
  methods?: Readonly<Record<string, MethodSetting>>;
  /** For foreign providers and those shown apart; a method shared with others keeps the method's title. */
  titles?: OwnTitles;
  rules?: OptionRules;
  /** For all methods, and for single ones, which goes before. */
  incentive?: Readonly<{
    all?: IncentiveSetting;
    methods?: Readonly<Record<string, IncentiveSetting>>;
  }>;
  /** What was set and cannot be read; nothing is offered then, as nobody knows what the operator wanted. */
  unreadable?: readonly ("methods" | "rules")[];
}>;

/** Why an option is not offered, with the facts it follows from. */
export type HiddenReason =
  | Readonly<{ code: "disabled" | "method_disabled" | "unhealthy" | "client_error" }>
  | Readonly<{ code: "settings_unreadable"; columns: readonly string[] }>
  | Readonly<{
      code: "currency_of_gateway" | "currency_of_operator";
      currency: string;
      accepted: readonly string[];
    }>
  | Readonly<{
      code: "country_of_gateway" | "country_of_operator";
      country: string;
      accepted: readonly string[];
    }>
  | Readonly<{ code: "amount_of_gateway" | "amount_of_operator"; amount: Money; min?: Money; max?: Money }>
  /** `ids`: the groups of which the customer would have to be in one, or those that the customer is in. */
  | Readonly<{ code: "customer_group_only" | "customer_group_never"; ids: readonly string[] }>
  /** `ids`: the products in the cart that speak against it; for `only` those that are not among the rule's. */
  | Readonly<{ code: "product_only" | "product_never"; ids: readonly string[] }>
  | Readonly<{ code: "declined"; attempt_id: string; category: DeclineCategory; decline_code: string }>;

/** An earlier try to pay this cart. */
export type PastAttempt = Readonly<{
  id: string;
  provider_id: string;
  method: string;
  status: AttemptStatus;
  decline: Decline | null;
  instrument_fingerprint: string | null;
  /** What was decided then; told from the decline when it was not recorded. */
  recovery: RecordedRecovery | null;
}>;

export type OptionsInput = Readonly<{
  cart: CartFacts;
  /** Installed ∩ enabled in the cart's region, in the order of their ids. */
  providers: readonly OptionProvider[];
  settings: readonly ProviderSetting[];
  /** Attempts of this cart, oldest first. */
  attempts: readonly PastAttempt[];
  /** As `localeOf` takes it: the languages that the shopper asked for. */
  locale: string;
  /** Told of every gateway that throws when asked for its client config: it is hidden, and someone should know why. */
  onClientError?: (failed: ClientError) => void;
  /** What comes with an option, by the promotion's id; one that is not here would bring this cart nothing. */
  incentives?: ReadonlyMap<string, Incentive>;
}>;

/** What a promotion would bring, as far as it is told to shoppers. */
export type Incentive = Readonly<{ code: string; brings: IncentiveBenefit | null }>;

/** Null stands for one that cannot be said in a few words, such as "buy two, get one". */
export type IncentiveBenefit = Readonly<{
  from: "shipping" | "goods";
  /** A share in percent, or an amount. */
  off: Readonly<{ percent: number }> | Money;
}>;

/** A gateway that could not say what the browser may know. */
export type ClientError = Readonly<{ provider_id: string; method: string; error: unknown }>;

/** One option as a shopper sees it. */
export type ShownOption = Readonly<{
  id: string;
  provider_id: string;
  method: string;
  title: string;
  description: string | null;
  icon: string;
  express: boolean;
  /** 0 for the first. */
  position: number;
  /** Its gateway can keep it for a customer's next time. */
  saves: boolean;
  /** What paying with it brings. */
  incentive?: Readonly<{ code: string; title: string }>;
  client: Record<string, unknown>;
}>;

/** An option this cart's refusals ruled out, with all that is needed to try it with another card or account. */
export type DeclinedOption = ShownOption & Readonly<{ another_instrument: boolean; decline: DeclineView }>;

export type OptionsList = Readonly<{ options: readonly ShownOption[]; declined: readonly DeclinedOption[] }>;

/** Every method of every provider: those a shopper is offered, with whom is asked, and why the others are not. */
export type OptionsExplained = Readonly<{
  offered: readonly OfferedOption[];
  hidden: readonly HiddenOption[];
}>;

export type OfferedOption = ShownOption & Readonly<{ provider_ids: readonly string[] }>;

export type HiddenOption = Readonly<{
  id: string;
  provider_id: string;
  method: string;
  title: string;
  /** Everything that speaks against it, never empty. */
  reasons: readonly HiddenReason[];
}>;

/** What is left beside an option: the numbers a recovery decision asks for. */
export type Alternatives = Readonly<{ provider_ids: readonly string[]; other_methods: number }>;

export type OptionsService = Readonly<{
  listOptions(input: OptionsInput): OptionsList;
  explainOptions(input: OptionsInput): OptionsExplained;
  routeMethod(option_id: string, input: OptionsInput): readonly string[];
  alternativesTo(option_id: string, input: OptionsInput): Alternatives;
  refusedBefore(
    attempts: readonly PastAttempt[],
    fingerprint: string | null | undefined,
  ): PastAttempt | undefined;
}>;
