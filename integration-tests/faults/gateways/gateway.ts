import type { PaymentProviderEntry } from "../../../src/config";

/** Which of the suite's lanes a shopper is in, as far as a gateway has to know. */
type Place = Readonly<{ index: number; country: string }>;

export type GatewayName = "sandbox" | "stripe" | "paypal";

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

/** Why the shopper is sent to a page of the bank. */
export type BankPage = "three_d_secure" | "bank_page";

/** What a page of the bank is told, as its form has it; null where the shopper leaves it undecided. */
export type PageAnswer = Readonly<Record<string, string>> | null;

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
  /** What the bank's books have in the place of the key that the store wrote down for its call. */
  keyAtBank(kind: string, idempotency_key: string): string;
  faults: Readonly<{
    /** Every kind the bank knows, by when it strikes. */
    phases: Readonly<Record<string, FaultPhase>>;
    /** Answers that are lost after the bank did what was asked. */
    lost: readonly string[];
    /** The bank's word for what the store asks of it, of an account that captures so. */
    operation(asked: BankOperation, capture: StoreOptions["capture"]): string;
  }>;
  /** The id of a method at this gateway. */
  methodId(method: Method, lane: Place): string;
  instruments: Readonly<{
    /** Always approved at once. */
    good: Instrument;
    /** Approving cards, and one refusing card for each family of declines. */
    cards: readonly Card[];
    secured_cards: readonly Card[];
    redirect(lane: Place): Instrument;
    /** What {@link Gateway.confirmInBrowser} takes, and the method whose form has it. */
    in_browser: readonly Readonly<{ weight: number; name: string; method: Method }>[];
    /** Out of a wallet; each as likely as the others. */
    wallet(wallet: "apple_pay" | "google_pay"): readonly Instrument[];
    /**
     * What an unmodified storefront gives Medusa's session, and the name of what the shopper then agrees with in the
     * gateway's form, where they do; each as likely as the others.
     */
    medusa: readonly Readonly<{ name: string; data: ConfirmData; agrees_in_browser?: string }>[];
  }>;
  /**
   * Gives the gateway's form in the browser what the shopper typed, and returns what confirm takes.
   * @param client of the attempt
   * @returns undefined when the form could not reach the gateway or was refused; the shopper cannot go on then
   */
  fillForm?(
    url: string,
    account: string,
    form: Readonly<Record<string, string>>,
    client: Readonly<Record<string, unknown>>,
  ): Promise<ConfirmData | undefined>;
  /**
   * Has the gateway's script confirm by itself, with what the store handed out to the page.
   * @param client of the attempt
   * @param instrument a name of `instruments.in_browser`
   * @returns what came of it, for people
   */
  confirmInBrowser?(
    url: string,
    account: string,
    client: Readonly<Record<string, unknown>>,
    instrument: string,
  ): Promise<string>;
  decisions: Readonly<Record<BankPage, Readonly<Record<Decision, PageAnswer>>>>;
  /** Types of events that somebody may forge or repeat, and one that nobody knows. */
  event_types: readonly string[];
  /** True where the signature of a webhook still fits when somebody has changed what it says. */
  webhooks_can_be_altered: boolean;
  /** How long after everything came to rest operators come back; each as likely as the others. */
  operators_return_after_ms: readonly number[];
}>;

/** Secrets of an account at the suite's throwaway bank, and what else its bank has to know of it. */
export type Credentials = Readonly<Record<string, string>>;

/** What a bank says of an account once it runs. */
export type OpenAccount = Readonly<{
  /** Where the account is reached. */
  url: string;
  /** What the certificates of its webhooks lead to, where it signs with any; PEM. */
  root_certificate?: string;
}>;

/** What the store is told of an account besides its secrets. */
export type StoreOptions = OpenAccount &
  Readonly<{
    capture: "automatic" | "manual";
    timeout_ms: number;
  }>;

/** `pp_<gateway>_<account>`. */
export const providerIdOf = ({ name }: Gateway, account: string): string => `pp_${name}_${account}`;

/** Where the store takes the account's webhooks. */
export const webhookPathOf = ({ name }: Gateway, account: string): string =>
  `/hooks/payment/${name}_${account}`;
