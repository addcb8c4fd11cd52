import type { KnownDecline } from "./declines";
import type { ManualRefunds } from "./manual-refunds";
import type { Money } from "./money";
import type { OrderDetails } from "./order-details";
import type { Outcome, PaymentSnapshot } from "./outcomes";
import type { OwnWallet } from "./wallet";

/** One way to pay that a gateway offers, e.g. `card` or `apple_pay`. */
export type MethodCapability = Readonly<{
  /** What a shopper picks; the same word for the same thing at every gateway. */
  id: string;
  /** Name of the icon the checkout shows; defaults to the id. */
  icon?: string;
  /** True for wallets shown above the list as express buttons. */
  express: boolean;
  /** Billing countries (ISO 3166-1 alpha-2, lower case) the method serves; all when left out. */
  countries?: readonly string[];
  /** Currencies (upper case) the method serves; the gateway's when left out. */
  currencies?: readonly string[];
  /**
   * True when what the shopper sends with `confirm` could be charged by another gateway of the same method,
   * so that a switch needs no new input. A processor's own token is never portable.
   */
  portable_credential: boolean;
  /**
   * True when `save: true`, among the data of both start and confirm, keeps it for a logged-in customer's next time; it is
   * then listed under this id. Needs `saved_methods`.
   */
  saves?: boolean;
  /** Own titles per locale for a method that has no common name; common methods need none. */
  titles?: Readonly<Record<string, { title: string; description: string }>>;
}>;

/** What a gateway can do. The conformance suite holds it to every word of this. */
export type GatewayCapabilities = Readonly<{
  methods: readonly MethodCapability[];
  /** Upper-case ISO 4217 codes, or `"all"`. */
  currencies: "all" | readonly string[];
  /** Smallest and largest amount per currency in minor units; no entry means no limit. */
  limits?: Readonly<Record<string, { min_minor?: bigint; max_minor?: bigint }>>;
  /** When money is taken: by a later capture, or with the authorization. */
  capture: "manual" | "automatic";
  partial_capture: boolean;
  multiple_capture: boolean;
  partial_refund: boolean;
  void: boolean;
  saved_methods: boolean;
  /** True when an unconfirmed payment can be re-priced in place. */
  update_amount: boolean;
  /**
   * False where a payment keeps what its attempt chose, such as where its payer comes back to, or may stand open in a
   * window of the service's: it is re-priced for its own attempt only, and a newer one makes another.
   */
  hand_over?: false;
  /** How long an uncaptured authorization lives. */
  authorization_lifetime_ms?: number;
}>;

/** Who pays, as far as the store knows. */
export type PayingCustomer = Readonly<{
  id?: string;
  email?: string;
  /** The gateway's own id of the customer, where one was made. */
  gateway_customer_id?: string;
}>;

/** What the checkout's own pages can draw: fields for a card, a wallet's sheet, a way to the gateway's page, a button. */
export type CheckoutForm = "card_fields" | "wallet_sheet" | "redirect" | "none";

/**
 * What the browser needs to show a method. `form` is a {@link CheckoutForm}, or a name of the gateway's own for what
 * only a page written for it can ask: the hosted checkout leaves such a method out.
 */
export type ClientConfig = Readonly<{ form: CheckoutForm | (string & {}); [detail: string]: unknown }>;

/**
 * What a gateway's own form needs a browser to allow beyond the page's own origin. Each source is an https origin, e.g.
 * `https://js.example.com` or `https://*.example.com`; anything else is left out of the page's policy.
 */
export type BrowserSources = Readonly<{
  /** Where its script comes from (`script-src`). */
  script?: readonly string[];
  /** Pages it puts into frames (`frame-src`). */
  frame?: readonly string[];
  /** What its script calls (`connect-src`). */
  connect?: readonly string[];
  /** Where its pictures come from (`img-src`). */
  image?: readonly string[];
  /** Frames that may open a wallet's payment sheet (`Permissions-Policy: payment`); no wildcards. */
  payment?: readonly string[];
  /** Some of its methods open a window and talk to it, as wallets do. */
  popups?: boolean;
}>;

/** Passed with every call to a gateway. */
export type CallContext = Readonly<{
  /** The same for a repeat of the same call, new for a new try. Read-only calls carry none. */
  idempotency_key: string;
  /** Aborts when the call's time is up. */
  signal: AbortSignal;
}>;

/** Passed with a new amount. */
export type UpdateContext = CallContext &
  Readonly<{
    /** What the new amount is made of, as in {@link CreatePaymentInput}; what the service was told before is of the old one. */
    order?: OrderDetails;
  }>;

/** Passed with a refund. */
export type RefundContext = CallContext &
  Readonly<{
    /**
     * The code of the reason the operator chose in Medusa. Not part of the call's identity: a repeat under the same key
     * may carry another one.
     */
    reason?: string;
  }>;

export type CreatePaymentInput = Readonly<{
  method: string;
  amount: Money;
  /** Our id of the attempt: stored in the gateway's metadata so that money can always be traced back. */
  attempt_id: string;
  /** What the shopper's browser sent when choosing the option; parse and allow-list it. */
  data: unknown;
  customer?: PayingCustomer;
  /** Where the shopper returns to after a redirect, when known at this point. */
  return_url?: string;
  /** The language the shopper reads (BCP 47), for the gateway's own pages. */
  locale?: string;
  /**
   * What is bought and where it goes, where the payment is made for a cart that the store's own code has read. Its
   * breakdown sums to `amount`. For what the service shows and reports; a payment must not fail for it.
   */
  order?: OrderDetails;
}>;

export type ConfirmPaymentInput = Readonly<{
  method: string;
  amount: Money;
  /** What the shopper's browser sent with confirm; parse and allow-list it. Never stored. */
  data: unknown;
  return_url?: string;
  /** The language the shopper reads (BCP 47), for the gateway's own pages. */
  locale?: string;
  /**
   * Ask the payer to authenticate (3-D Secure) even where the gateway would not by itself: the issuer refused without
   * it. A gateway that has no such thing leaves it aside.
   */
  authenticate?: true;
  /**
   * The customer is not there: charge a saved method without asking them anything. What needs them is a refusal of
   * category `authenticate`. Set by the store's own code only, never from what a shopper sends.
   */
  off_session?: true;
}>;

/** A webhook request as received. */
export type WebhookRequest = Readonly<{
  raw_body: Buffer;
  /** Header names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
}>;

/** A hint that something happened to a payment; what happened is read from the gateway. */
export type WebhookEvent = Readonly<{
  event_id: string;
  type: string;
  /** The payment it speaks of; absent for events that concern none. */
  reference?: string;
}>;

/** What was found at a service that tells nothing by itself. */
export type News = Readonly<{
  /** As those of webhooks: one that is told again has the same id. */
  events: readonly WebhookEvent[];
  /** Called once they are kept; until then they are told again. */
  kept(): Promise<void>;
}>;

/** A payment method kept for later. */
export type SavedMethod = Readonly<{
  id: string;
  method: string;
  brand?: string;
  last4?: string;
  exp_month?: number;
  exp_year?: number;
}>;

export type SavedMethods = {
  /** All methods saved for the gateway's customer. */
  list(gateway_customer_id: string): Promise<SavedMethod[]>;
  /** Forgets one; a method that is gone already is no error. */
  remove(gateway_customer_id: string, saved_method_id: string): Promise<void>;
  /**
   * Whether a shopper's data for confirm may name a saved method otherwise than by `saved_method_id`, which is known without
   * asking: nobody but its customer may confirm with it.
   */
  mayBeNamedIn?(data: unknown): boolean;
};

export type Customers = {
  /** Finds or makes the gateway's customer for ours; returns its id. A payment whose customer cannot be made goes on without. */
  ensure(customer: PayingCustomer, call: CallContext): Promise<string>;
  /**
   * Whether a payment begun with this data of the shopper's needs the customer; all do when left out. For a service that is
   * told at the beginning whether to keep the method: nobody else has to wait for its customer then.
   */
  isNeededFor?(data: unknown): boolean;
};

/** How a gateway is set up, for the operator's pages. */
export type SetUp = Readonly<{
  /** What the service, or the chain, is called. */
  name: string;
  /** `test` where no real money moves. */
  mode: "test" | "live";
  /**
   * Names of options without which something that operators expect does not work, such as `webhook_secret`. Names alone,
   * never what is or was set.
   */
  missing: readonly string[];
}>;

/** A payment that another plugin made at the same service. */
export type ForeignPayment = Readonly<{ reference: string; payment_session_id?: string }>;

/**
 * The contract every gateway keeps, and all that is needed to add one. Errors are those of `errors.ts`;
 * a refusal is an {@link Outcome}. `createPayment` must not move money: that is what confirm is for.
 */
export interface PaymentGateway {
  readonly capabilities: GatewayCapabilities;
  /** Told to operators in the admin; without it they see the provider's id alone. */
  readonly set_up?: SetUp;
  /**
   * What the browser needs to show the method before a payment exists. Public by definition. One that throws hides the
   * method. @param amount what is to be paid; always given to a gateway that has `limits`, perhaps not to others
   */
  clientConfig(method: string, amount?: Money): ClientConfig;
  /** What the hosted checkout has to allow for the gateway's own forms; nothing when left out. */
  readonly browser_sources?: BrowserSources;
  createPayment(input: CreatePaymentInput, call: CallContext): Promise<Outcome>;
  /** Re-prices an unconfirmed payment in place (only with `update_amount`). */
  updatePayment(reference: string, amount: Money, call: UpdateContext): Promise<Outcome>;
  confirmPayment(reference: string, input: ConfirmPaymentInput, call: CallContext): Promise<Outcome>;
  /** Captures exactly `amount`; returns the payment afterwards. */
  capturePayment(reference: string, amount: Money, call: CallContext): Promise<PaymentSnapshot>;
  /** Refunds exactly `amount` of what was captured. */
  refundPayment(reference: string, amount: Money, call: RefundContext): Promise<PaymentSnapshot>;
  /** Voids what is not captured. A payment already canceled is a success. */
  cancelPayment(reference: string, call: CallContext): Promise<PaymentSnapshot>;
  retrievePayment(reference: string, signal: AbortSignal): Promise<PaymentSnapshot>;
  /** Checks signature and age on the raw body. Throws `InvalidWebhook`. */
  verifyWebhook(request: WebhookRequest): Promise<WebhookEvent[]>;
  /** Set where snapshots may hold notices: what they leave out is over then. */
  readonly notices?: true;
  /** Only of a service that sends no webhooks: what is new there. Every server asks every few seconds. */
  lookForNews?(signal: AbortSignal): Promise<News>;
  /** Answers when the service can be reached and the credentials are right; throws otherwise. */
  ping(signal: AbortSignal): Promise<void>;
  /**
   * What identifies the instrument in a shopper's confirm data, the same at every gateway (`card:<digits>`), where
   * it can be told without a call. The adapter turns it into a keyed hash at once; it is never kept or logged.
   */
  identifyInstrument?(method: string, data: unknown): string | undefined;
  /**
   * The payment that session or payment data of another plugin speaks of, where a store can change over to this gateway
   * with open payments. Nothing else in the data is believed; the payment is read from the gateway.
   */
  foreignPayment?(data: Readonly<Record<string, unknown>>): ForeignPayment | undefined;
  /** Where the service's own site shows the payment to the store's people, if it does. */
  paymentPage?(reference: string): string | undefined;
  /**
   * The payment session that another plugin noted with a payment at the gateway, for news about one that is not in the
   * books yet. Undefined where it noted none.
   */
  foreignSession?(reference: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Names in a snapshot's `client` that stand at the top of the session's data as well, where storefronts written for
   * another plugin look for them.
   */
  readonly top_level_client?: readonly string[];
  /**
   * Every code that the gateway knows and its category, each once: what the operators' admin looks codes up in. Made of
   * the table that refusals are mapped with, so that the two cannot differ.
   */
  readonly known_declines?: readonly KnownDecline[];
  /** What is served under `/.well-known/`: file names and their text. */
  readonly well_known_files?: Readonly<Record<string, string>>;
  readonly customers?: Customers;
  readonly saved_methods?: SavedMethods;
  /** Where refunds need the payee and the operator; `refundPayment` only begins them. */
  readonly manual_refunds?: ManualRefunds;
  /** Of a gateway that takes payments to a wallet of its own. Operators see it in the admin. */
  readonly wallet?: OwnWallet;
}
