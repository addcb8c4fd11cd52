import type { PaymentProviderEntry } from "../../../src/config";
import type { LaneSpec } from "../lanes";

export type GatewayName = "sandbox" | "stripe";

/** What the storefront sends with confirm. */
export type ConfirmData = Readonly<Record<string, unknown>>;

/**
 * What the shopper pays with: what confirm takes as it stands, or what the gateway's own form in the browser has to be
 * given first.
 */
export type Instrument = Readonly<{ data?: ConfirmData; form?: Readonly<Record<string, string>> }>;

/** A card as the shopper brings it, and what the bank does with it. */
export type Card = Instrument & Readonly<{ weight: number; name: string }>;

/** What a storefront may choose, in the suite's words. */
export type Method = "card" | "apple_pay" | "google_pay" | "bank_redirect";

/** What the shopper may do on a page of the bank. */
export type Decision = "approve" | "fail" | "close" | "cancel" | "later";

/** What the store asks the bank for, in the suite's words. */
export type BankOperation = "create" | "authorize" | "capture" | "refund" | "cancel" | "retrieve" | "*";

/** When in a request's life a fault strikes. */
export type FaultPhase = "delay" | "port" | "before" | "after" | "amount" | "webhook";

/** Everything in which one gateway differs from another; the rest of the suite knows none of them by name. */
export type Gateway = Readonly<{
  /** The middle of its provider ids and of the addresses its webhooks go to. */
  name: GatewayName;
  /** What plays the bank, in a process of its own. */
  program: Readonly<{
    /** A compiled script of the store's build, or a source that is compiled as it is loaded. */
    script: string;
    from: "build" | "source";
  }>;
  /** What both ends know of an account. */
  credentials(account: string): Credentials;
  /** The entry of `medusa-config.ts` for an account, apart from the id. */
  providerEntry(account: string, options: StoreOptions): Omit<PaymentProviderEntry, "id">;
  faults: Readonly<{
    /** Every kind the bank knows, by when it strikes. */
    phases: Readonly<Record<string, FaultPhase>>;
    /** How late each kind that has a delay may be. Long enough for a client to give up, short enough to run thousands. */
    delays_ms: Readonly<Record<string, readonly [least: number, most: number]>>;
    /** Answers that are lost after the bank did what was asked. */
    lost: readonly string[];
    /** The bank's words for what the store asks of it. */
    operations: Readonly<Record<BankOperation, string>>;
  }>;
  /** The id of a method at this gateway. */
  methodId(method: Method, lane: LaneSpec): string;
  instruments: Readonly<{
    /** Always approved at once. */
    good: Instrument;
    /** Approving cards, and one refusing card for each family of declines. */
    cards: readonly Card[];
    secured_cards: readonly Card[];
    redirect(lane: LaneSpec): Instrument;
    /** What {@link Gateway.confirmInBrowser} takes. */
    in_browser: readonly Readonly<{ weight: number; name: string }>[];
    /** Out of a wallet; each as likely as the others. */
    wallet(wallet: "apple_pay" | "google_pay"): readonly Instrument[];
    /** What an unmodified storefront gives Medusa's session; each as likely as the others. */
    medusa: readonly Readonly<{ name: string; data: ConfirmData }>[];
  }>;
  /**
   * Gives the gateway's form in the browser what the shopper typed, and returns what confirm takes.
   * @returns undefined when the form could not reach the gateway or was refused; the shopper cannot go on then
   */
  fillForm?(
    url: string,
    account: string,
    form: Readonly<Record<string, string>>,
  ): Promise<ConfirmData | undefined>;
  /**
   * Has the gateway's script confirm by itself, with what the store handed out to the page.
   * @param client of the attempt
   * @param card a name of `instruments.in_browser`
   * @returns what came of it, for people
   */
  confirmInBrowser?(
    url: string,
    account: string,
    client: Readonly<Record<string, unknown>>,
    card: string,
  ): Promise<string>;
  /** What the page of the bank is told; null where the shopper leaves it undecided. */
  decisions: Readonly<Record<Decision, string | null>>;
  /** Types of events that somebody may forge or repeat, and one that nobody knows. */
  event_types: readonly string[];
}>;

/** Secrets of an account at the suite's throwaway bank. */
export type Credentials = Readonly<{ api_key: string; webhook_secret: string; publishable_key?: string }>;

/** What the store is told of an account besides its secrets. */
export type StoreOptions = Readonly<{
  /** Where the account is reached. */
  url: string;
  capture: "automatic" | "manual";
  timeout_ms: number;
}>;

/** `pp_<gateway>_<account>`. */
export const providerIdOf = ({ name }: Gateway, account: string): string => `pp_${name}_${account}`;

/** Where the store takes the account's webhooks. */
export const webhookPathOf = ({ name }: Gateway, account: string): string =>
  `/hooks/payment/${name}_${account}`;
