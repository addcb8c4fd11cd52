import type {
  DeclineCategory,
  GatewayCapabilities,
  GatewayPaymentProvider,
  WebhookRequest,
} from "../gateway";
import type { PROVIDER_OPTION } from "../gateway/provider-option";

/** A payment as the service's own books have it: what the suite believes when a gateway tells something else. */
export type LedgerRow = Readonly<{
  reference: string;
  provider: string;
  /** Upper case. */
  currency: string;
  /** The service's own word; `canceled` after a void. */
  status: string;
  authorized_minor: bigint;
  captured_minor: bigint;
  refunded_minor: bigint;
  metadata: Readonly<Record<string, unknown>>;
}>;

/** What can go wrong between a gateway and its service. */
export type ServiceFault =
  /** The answer comes after `value_ms`. */
  | "latency"
  /** No connection is accepted; holds until faults are cleared. */
  | "refuse"
  | "http_500"
  | "http_429"
  /** The connection is cut before anything changed. */
  | "reset_before"
  /** The connection is cut after the change was made. */
  | "reset_after"
  /** No answer ever comes, and nothing changes. */
  | "black_hole"
  /** The change is made; the answer is not JSON. */
  | "malformed"
  /** The change is made; the answer is JSON with wrong types. */
  | "mistyped";

export type ServiceOperation = "create" | "authorize" | "capture" | "refund" | "cancel" | "retrieve" | "*";

export type FaultRequest = Readonly<{
  operation: ServiceOperation;
  fault: ServiceFault;
  /** Strikes this often; until faults are cleared when left out. `refuse` takes none. */
  times?: number;
  value_ms?: number;
}>;

/** News about a payment, to be put into the service's own form and signed. */
export type WebhookDraft = Readonly<{
  event_id: string;
  reference: string;
  /** What the body claims happened. */
  about: "authorized" | "captured" | "declined" | "refunded" | "canceled";
  /** An amount the body claims; a body's word must not be taken for it. */
  claimed_minor?: bigint;
  /** When it was signed; now when left out. */
  signed_at?: Date;
  /** Signed with a secret the gateway does not know. */
  wrong_secret?: boolean;
  /** Sent instead of the event, correctly signed: for bodies that cannot be read. */
  raw_body?: Buffer;
}>;

export type ChallengeDecision = "approve" | "fail" | "close" | "later";

/** The payment service behind the gateway, or a faithful simulator of it, in the hands of the suite. */
export type ControllableService = Readonly<{
  ledger(): Promise<LedgerRow[]>;
  fault(request: FaultRequest): Promise<void>;
  clearFaults(): Promise<void>;
  signedWebhook(draft: WebhookDraft): WebhookRequest | Promise<WebhookRequest>;
  /** Does what a shopper does on the page of `next_action.url`; needed with a `three_d_secure` or `pending` sample. */
  completeChallenge?(url: string, decision: ChallengeDecision): Promise<void>;
  /** Moves money as if in the service's dashboard. */
  actInDashboard?(
    reference: string,
    action: "capture" | "refund" | "cancel",
    amount_minor?: bigint,
  ): Promise<void>;
}>;

/** One way a shopper's confirm can go. */
export type Sample = Readonly<{
  /** What the browser sends with confirm. */
  data: unknown;
  /** What the shopper does at the service before, where the method works that way. */
  before?(reference: string): Promise<void>;
}>;

export type ConformanceSamples = Readonly<{
  /** The method the suite pays with; the gateway's first one when left out. */
  method?: string;
  /** Currency of everything that is not about currencies; it has two decimals. Default `EUR`. */
  currency?: string;
  approve: Sample;
  /** A refusal for every category the service can produce, with the gateway's own code for it. */
  declines: Readonly<Partial<Record<DeclineCategory, Sample & Readonly<{ code: string }>>>>;
  three_d_secure?: Sample;
  /** A payment whose news comes later, after the decision `later` on its page. */
  pending?: Sample & Readonly<{ method: string }>;
  /** Another method of the gateway that is approved, for a shopper who changes their mind. */
  other_method?: Sample & Readonly<{ method: string }>;
  /** A confirm that keeps the shopper's card, and the one that pays with it later; needs `saved_methods`. */
  save_method?: Sample;
  pay_with_saved?(saved_method_id: string): Sample;
  /** What is sent when the session is made so that Medusa's own completion authorizes without a confirm. */
  session_data?: Readonly<Record<string, unknown>>;
  /** API keys, webhook secrets, card numbers of the samples: none may show up in logs, errors, journal or session. */
  secrets: readonly string[];
  /** Fields of the service's API a hostile shopper might add, beside those the suite knows. */
  hostile?: Readonly<Record<string, unknown>>;
  /** False for a service that signs no time, so that old requests cannot be told. */
  webhooks_have_time?: boolean;
  /** An operator's options with the service at this address; for a gateway whose operator sets the address. */
  options_at?(address: string): Record<string, unknown>;
}>;

/** What the gateway is meant to be able to do, written down by hand: the gateway's own word is held against it. */
export type GatewayClaims = Readonly<{
  methods: readonly string[];
  currencies: GatewayCapabilities["currencies"];
  /** Every mode its options offer. */
  capture: readonly ("manual" | "automatic")[];
  partial_capture: boolean;
  multiple_capture: boolean;
  partial_refund: boolean;
  void: boolean;
  saved_methods: boolean;
  update_amount: boolean;
  hand_over?: false;
  /** Currencies whose smallest steps the service cannot represent, so that it may refuse an odd amount. */
  coarse_currencies?: readonly string[];
}>;

/** What the suite asks for when it makes a provider; hand it on among the provider's options. */
export type ProviderOptions = Readonly<{
  /** In the words of your own option, where that has another name. */
  capture: "manual" | "automatic";
  connect_timeout_ms: number;
  timeout_ms: number;
  /** Stands for the id a store gives the provider. */
  [PROVIDER_OPTION]: string;
}>;

/** The service is up, and providers can be made against it. */
export type RunningGateway = Readonly<{
  /**
   * A new provider as Medusa would build it: `new YourProvider(cradle, { ...options, api_key, … })`.
   * @param cradle the stand-in for the payment module's container
   */
  createProvider(cradle: Record<string, unknown>, options: ProviderOptions): GatewayPaymentProvider;
  service: ControllableService;
  stop(): Promise<void>;
}>;

/** All the suite needs to know of one gateway. */
export type ConformanceHarness = Readonly<{
  claims: GatewayClaims;
  samples: ConformanceSamples;
  start(): Promise<RunningGateway>;
}>;
