import type Stripe from "stripe";
import type { Money } from "../../gateway/money";
import type { BrowserSources, ClientConfig, MethodCapability } from "../../gateway/payment-gateway";
import { toApiAmount } from "./amounts";
import type { KnownOf } from "./known";

/** Stripe's words for kinds of payment methods that an intent may be told to allow. */
export type StripeMethodType = KnownOf<Stripe.PaymentIntentCreateParams.AllowedPaymentMethodType>;

/** One way to pay of Stripe's, and what it can do. Source of the rows: Stripe docs, "Payment method support". */
type MethodRow = Readonly<{
  /** The types an intent is told to allow; `account` leaves the choice to the account's own settings. */
  allows: readonly [StripeMethodType] | "account";
  form: "stripe_payment_element" | "stripe_express_checkout";
  /** Money is reserved first and captured later; false: it is taken at once, whatever the option says. */
  captures_later: boolean;
  /** Several captures and 3-D Secure are for cards. */
  card?: true;
  /** Kept for next time, Stripe lists it as what it was paid with here: a wallet's card would come back as a card. */
  saves?: true;
  /** Currencies (upper case) it can be paid in; the account's when left out. */
  currencies?: readonly string[];
  /** Billing countries it is for. */
  countries?: readonly string[];
  title?: string;
}>;

const ELEMENT = "stripe_payment_element";
const EXPRESS = "stripe_express_checkout";

const SEPA_COUNTRIES =
  "at be bg ch cy cz de dk ee es fi fr gb gr hr hu ie is it li lt lu lv mc mt nl no pl pt ro se si sk sm".split(
    " ",
  );

/** Every method this gateway can offer, by the word operators list it under. */
export const METHODS = {
  card: { allows: ["card"], form: ELEMENT, captures_later: true, card: true, saves: true },
  // Wallets are card payments to Stripe; only the button differs (docs: Apple Pay; Google Pay).
  apple_pay: { allows: ["card"], form: EXPRESS, captures_later: true, card: true },
  google_pay: { allows: ["card"], form: EXPRESS, captures_later: true, card: true },
  link: { allows: ["link"], form: EXPRESS, captures_later: true, title: "Link" },
  /** Whatever the account's payment method settings allow, chosen in Stripe's own form. */
  dynamic: { allows: "account", form: ELEMENT, captures_later: true, title: "More ways to pay" },

  amazon_pay: { allows: ["amazon_pay"], form: EXPRESS, captures_later: true, title: "Amazon Pay" },
  revolut_pay: { allows: ["revolut_pay"], form: ELEMENT, captures_later: true, title: "Revolut Pay" },
  klarna: { allows: ["klarna"], form: ELEMENT, captures_later: true, title: "Klarna" },
  afterpay_clearpay: {
    allows: ["afterpay_clearpay"],
    form: ELEMENT,
    captures_later: true,
    currencies: ["AUD", "CAD", "GBP", "NZD", "USD"],
    title: "Afterpay",
  },
  affirm: {
    allows: ["affirm"],
    form: ELEMENT,
    captures_later: true,
    currencies: ["CAD", "USD"],
    countries: ["ca", "us"],
    title: "Affirm",
  },
  cashapp: {
    allows: ["cashapp"],
    form: ELEMENT,
    captures_later: true,
    currencies: ["USD"],
    countries: ["us"],
    title: "Cash App Pay",
  },
  mobilepay: {
    allows: ["mobilepay"],
    form: ELEMENT,
    captures_later: true,
    currencies: ["DKK", "EUR", "NOK", "SEK"],
    countries: ["dk", "fi"],
    title: "MobilePay",
  },

  ideal: { ...redirect("ideal", ["EUR"], ["nl"]), title: "iDEAL" },
  bancontact: { ...redirect("bancontact", ["EUR"], ["be"]), title: "Bancontact" },
  eps: { ...redirect("eps", ["EUR"], ["at"]), title: "EPS" },
  p24: { ...redirect("p24", ["EUR", "PLN"], ["pl"]), title: "Przelewy24" },
  blik: { ...redirect("blik", ["PLN"], ["pl"]), title: "BLIK" },
  twint: { ...redirect("twint", ["CHF"], ["ch"]), title: "TWINT" },
  alipay: { ...redirect("alipay"), title: "Alipay" },
  wechat_pay: { ...redirect("wechat_pay"), title: "WeChat Pay" },
  swish: { ...redirect("swish", ["SEK"], ["se"]), title: "Swish" },
  promptpay: { ...redirect("promptpay", ["THB"], ["th"]), title: "PromptPay" },
  paynow: { ...redirect("paynow", ["SGD"], ["sg"]), title: "PayNow" },
  pix: { ...redirect("pix", ["BRL"], ["br"]), title: "Pix" },

  // Debits and vouchers: success or failure comes days later, and the payment is pending until then.
  sepa_debit: { ...redirect("sepa_debit", ["EUR"], SEPA_COUNTRIES), title: "SEPA Direct Debit" },
  us_bank_account: { ...redirect("us_bank_account", ["USD"], ["us"]), title: "US bank account" },
  bacs_debit: { ...redirect("bacs_debit", ["GBP"], ["gb"]), title: "Bacs Direct Debit" },
  au_becs_debit: { ...redirect("au_becs_debit", ["AUD"], ["au"]), title: "BECS Direct Debit" },
  acss_debit: { ...redirect("acss_debit", ["CAD", "USD"], ["ca"]), title: "Pre-authorized debit" },
  oxxo: { ...redirect("oxxo", ["MXN"], ["mx"]), title: "OXXO" },
  boleto: { ...redirect("boleto", ["BRL"], ["br"]), title: "Boleto" },
  multibanco: { ...redirect("multibanco", ["EUR"], ["pt"]), title: "Multibanco" },
  konbini: { ...redirect("konbini", ["JPY"], ["jp"]), title: "Konbini" },
} as const satisfies Record<string, MethodRow>;

export type StripeMethod = keyof typeof METHODS;

export const METHOD_IDS = Object.keys(METHODS) as readonly StripeMethod[];

/** What the bank answers days after the shopper agreed to it: long enough that an order is placed before. */
export const BANK_DEBITS: readonly StripeMethodType[] = [
  "sepa_debit",
  "us_bank_account",
  "bacs_debit",
  "au_becs_debit",
  "acss_debit",
];

export const DEFAULT_METHODS: readonly StripeMethod[] = ["card", "apple_pay", "google_pay", "link"];

/** The row of a method that is known to be one of ours. */
export function methodRow(method: StripeMethod): MethodRow {
  return METHODS[method];
}

export function isStripeMethod(method: string): method is StripeMethod {
  return Object.hasOwn(METHODS, method);
}

/** What a method can do, in the contract's words. Stripe's tokens mean nothing to another processor. */
export function capabilityOf(method: StripeMethod): MethodCapability {
  const { form, currencies, countries, saves, title } = methodRow(method);
  return {
    id: method,
    express: form === EXPRESS,
    portable_credential: false,
    ...(saves && { saves }),
    ...(currencies && { currencies }),
    ...(countries && { countries }),
    ...(title && { titles: { en: { title, description: "" } } }),
  };
}

/**
 * What Stripe's form in the browser needs before there is a payment. Public by definition.
 * @param amount what is to be paid; told in the API's units, so that the browser converts nothing
 * @throws GatewayUnavailable for an amount Stripe cannot hold
 */
export function clientConfigOf(
  method: StripeMethod,
  options: Readonly<{
    publishable_key?: string;
    test_mode: boolean;
    capture: "manual" | "automatic";
    payment_method_configuration?: string;
  }>,
  amount?: Money,
): ClientConfig {
  const { allows, form } = methodRow(method);
  return {
    form,
    publishable_key: options.publishable_key ?? null,
    test_mode: options.test_mode,
    allowed_payment_method_types: allows === "account" ? null : allows,
    payment_method_configuration:
      allows === "account" ? (options.payment_method_configuration ?? null) : null,
    capture_method: captureMethodOf(method, options.capture),
    ...(amount ? toApiAmount(amount) : { amount: null, currency: null }),
  };
}

/**
 * What Stripe.js needs of a page's policy. Source: Stripe docs, "Integration security guide", Content Security Policy;
 * Link's pictures are from the same list, and Google Pay's documentation asks for windows that may answer.
 */
export const BROWSER_SOURCES: BrowserSources = {
  script: ["https://js.stripe.com", "https://*.js.stripe.com"],
  frame: ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
  connect: ["https://api.stripe.com"],
  image: ["https://*.stripe.com"],
  payment: ["https://js.stripe.com"],
  popups: true,
};

/** How the money of a method is taken: methods that cannot wait take it at once. */
export function captureMethodOf(
  method: StripeMethod,
  capture: "manual" | "automatic",
): "manual" | "automatic" {
  return methodRow(method).captures_later ? capture : "automatic";
}

function redirect<T extends StripeMethodType>(
  type: T,
  currencies?: readonly string[],
  countries?: readonly string[],
) {
  const allows: readonly [T] = [type];
  return {
    allows,
    form: ELEMENT,
    captures_later: false,
    ...(currencies && { currencies }),
    ...(countries && { countries }),
  } as const;
}
