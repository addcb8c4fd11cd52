import type { Money } from "../../gateway/money";
import type { BrowserSources, ClientConfig, MethodCapability } from "../../gateway/payment-gateway";
import { toApiMoney } from "./amounts";

/** One way to pay of PayPal's, and what it can do. Source of the rows: PayPal docs, "Payment methods". */
type MethodRow = Readonly<{
  /** What an order is told to be paid with; Apple Pay is named by the browser, with its token. */
  source: "paypal" | "venmo" | "card" | "google_pay" | undefined;
  /** Drawn by PayPal's script. */
  form: "paypal_button" | "paypal_card_fields";
  /** Where the script is not there, PayPal's page does the same. */
  form_without_script?: "redirect";
  /** `fundingSource` of the button in PayPal's script. */
  funding: "paypal" | "paylater" | "venmo" | "card" | "applepay" | "googlepay";
  express: boolean;
  /** PayPal keeps it for next time, where the operator has methods saved. */
  saves?: true;
  /** Billing countries it is for. */
  countries?: readonly string[];
  /** Currencies (upper case) it can be paid in; the account's when left out. */
  currencies?: readonly string[];
  /** Where it goes by another name than the common one of the method. */
  titles?: MethodCapability["titles"];
}>;

/** "Google Pay" and "Apple Pay", supported currencies: all of PayPal's but those of accounts in China and Malaysia. */
const DEVICE_CURRENCIES: readonly string[] =
  "AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PHP PLN SEK SGD THB TWD USD".split(" ");

/** Every method this gateway can offer, by the word operators list it under. */
export const METHODS = {
  paypal: {
    source: "paypal",
    form: "paypal_button",
    form_without_script: "redirect",
    funding: "paypal",
    express: false,
    saves: true,
  },
  pay_later: {
    source: "paypal",
    form: "paypal_button",
    form_without_script: "redirect",
    funding: "paylater",
    express: false,
    // "Pay Later": each country's buyers pay in its own currency.
    countries: ["au", "de", "es", "fr", "gb", "it", "us"],
    currencies: ["AUD", "EUR", "GBP", "USD"],
    // PayPal's own name for it. Which of the two, and whether at all, PayPal decides for each payer.
    titles: {
      en: { title: "PayPal Pay Later", description: "Pay in instalments or at a later date" },
      ar: { title: "الدفع لاحقًا عبر PayPal", description: "ادفع على أقساط أو في موعد لاحق" },
    },
  },
  venmo: {
    source: "venmo",
    form: "paypal_button",
    funding: "venmo",
    express: false,
    saves: true,
    countries: ["us"],
    currencies: ["USD"],
  },
  card: { source: "card", form: "paypal_card_fields", funding: "card", express: false, saves: true },
  apple_pay: {
    source: undefined,
    form: "paypal_button",
    funding: "applepay",
    express: true,
    currencies: DEVICE_CURRENCIES,
  },
  google_pay: {
    source: "google_pay",
    form: "paypal_button",
    funding: "googlepay",
    express: true,
    currencies: DEVICE_CURRENCIES,
  },
} as const satisfies Record<string, MethodRow>;

export type PayPalMethod = keyof typeof METHODS;

export const METHOD_IDS = Object.keys(METHODS) as readonly PayPalMethod[];

/** The row of a method that is known to be one of ours. */
export function methodRow(method: PayPalMethod): MethodRow {
  return METHODS[method];
}

export function isPayPalMethod(method: string): method is PayPalMethod {
  return Object.hasOwn(METHODS, method);
}

/** What a method can do, in the contract's words. PayPal's approval means nothing to another processor. */
export function capabilityOf(method: PayPalMethod): MethodCapability {
  const { express, currencies, countries, saves, titles } = methodRow(method);
  return {
    id: method,
    express,
    portable_credential: false,
    ...(saves && { saves }),
    ...(currencies && { currencies }),
    ...(countries && { countries }),
    ...(titles && { titles }),
  };
}

/**
 * What PayPal's script in the browser needs before there is an order. Public by definition.
 * @param amount what is to be paid; told as PayPal writes it, so that the browser converts nothing
 * @throws GatewayUnavailable for an amount PayPal cannot hold
 */
export function clientConfigOf(
  method: PayPalMethod,
  {
    client_id,
    environment,
    capture,
    methods,
  }: Readonly<{
    client_id: string;
    environment: "sandbox" | "live";
    capture: "manual" | "automatic";
    methods: readonly PayPalMethod[];
  }>,
  amount?: Money,
): ClientConfig {
  const { form, form_without_script, funding } = methodRow(method);
  const api_money = amount && toApiMoney(amount);
  return {
    form,
    ...(form_without_script && { form_without_script }),
    client_id,
    test_mode: environment === "sandbox",
    intent: capture === "manual" ? "authorize" : "capture",
    funding_source: funding,
    /** One script serves all methods of a page. */
    funding_sources: methods.map((offered) => methodRow(offered).funding),
    currency: api_money?.currencyCode ?? null,
    amount: api_money?.value ?? null,
  };
}

const PAYPAL_HOSTS = ["https://*.paypal.com", "https://*.paypalobjects.com", "https://*.venmo.com"];

/**
 * What PayPal's script needs of a page's policy. Source: PayPal docs, JavaScript SDK, "Best practices", Content Security
 * Policy; Apple's and Google's pages are those of their own documentation.
 */
export const BROWSER_SOURCES: BrowserSources = {
  script: [...PAYPAL_HOSTS, "https://applepay.cdn-apple.com", "https://pay.google.com"],
  frame: [...PAYPAL_HOSTS, "https://pay.google.com"],
  connect: [...PAYPAL_HOSTS, "https://pay.google.com", "https://google.com"],
  image: [...PAYPAL_HOSTS, "https://www.gstatic.com"],
  payment: ["https://www.paypal.com", "https://www.sandbox.paypal.com", "https://pay.google.com"],
  popups: true,
};
