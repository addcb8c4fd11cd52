import type { AttemptStatus } from "../../gateway/attempt-states";
import type { Decline } from "../../gateway/declines";
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
}>;

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
}>;

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
  client: Record<string, unknown>;
}>;

/** An option this cart's refusals ruled out, with all that is needed to try it with another card or account. */
export type DeclinedOption = ShownOption & Readonly<{ another_instrument: boolean; decline: DeclineView }>;

export type OptionsList = Readonly<{ options: readonly ShownOption[]; declined: readonly DeclinedOption[] }>;

/** What is left beside an option: the numbers a recovery decision asks for. */
export type Alternatives = Readonly<{ provider_ids: readonly string[]; other_methods: number }>;

export type OptionsService = Readonly<{
  listOptions(input: OptionsInput): OptionsList;
  routeMethod(option_id: string, input: OptionsInput): readonly string[];
  alternativesTo(option_id: string, input: OptionsInput): Alternatives;
  refusedBefore(
    attempts: readonly PastAttempt[],
    fingerprint: string | null | undefined,
  ): PastAttempt | undefined;
}>;
