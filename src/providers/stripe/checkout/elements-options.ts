import type {
  Appearance,
  StripeElementLocale,
  StripeElementsOptionsMode,
  StripeExpressCheckoutElementOptions,
  StripePaymentElementOptions,
} from "@stripe/stripe-js";
import type { FormTheme } from "../../../checkout/gateway-form";
import type { StripeClient } from "./client";

/** The checkout's languages in Stripe's words. Direction follows from the language there. */
const LOCALES: Readonly<Record<string, StripeElementLocale>> = { en: "en", ar: "ar" };

export function stripeLocale(locale: string): StripeElementLocale {
  return LOCALES[locale] ?? "auto";
}

/**
 * For a group of elements before there is a payment (docs: Collect payment details before creating an Intent). Stripe refuses
 * a payment that is to be kept where its elements were not told, so they are, by the word that the server confirms with.
 */
export function elementsOptions(
  client: StripeClient,
  { locale, theme, save }: Readonly<{ locale: string; theme: FormTheme; save: boolean }>,
): StripeElementsOptionsMode {
  const { allowed_payment_method_types, payment_method_configuration } = client;
  return {
    mode: "payment",
    amount: client.amount,
    currency: client.currency,
    captureMethod: client.capture_method,
    // Said in both cases: what is left out of an update stays as it was.
    setupFutureUsage: save ? "off_session" : null,
    locale: stripeLocale(locale),
    appearance: appearanceOf(theme),
    ...(allowed_payment_method_types && {
      allowedPaymentMethodTypes: [...allowed_payment_method_types],
    }),
    ...(payment_method_configuration !== null && {
      paymentMethodConfiguration: payment_method_configuration,
    }),
  };
}

/** The checkout's own look for what stands in Stripe's frames: the fields of `src/checkout/styles/controls.css`. */
export function appearanceOf(theme: FormTheme): Appearance {
  return {
    theme: theme.isDark ? "night" : "stripe",
    labels: "above",
    variables: {
      colorPrimary: theme.accent,
      accessibleColorOnColorPrimary: theme.onAccent,
      colorBackground: theme.background,
      colorText: theme.text,
      colorTextSecondary: theme.textQuiet,
      colorTextPlaceholder: theme.textQuiet,
      colorDanger: theme.error,
      inputColorBorder: theme.line,
      borderRadius: theme.radius,
      buttonBorderRadius: theme.radius,
      fontFamily: theme.font,
      fontSizeBase: "16px",
      gridRowSpacing: "16px",
      gridColumnSpacing: "12px",
    },
    rules: {
      ".Input": { padding: "13px 14px", boxShadow: "none" },
      ".Input:focus": { boxShadow: "none", outline: `2px solid ${theme.accent}`, outlineOffset: "1px" },
      ".Label": { fontSize: "14px", fontWeight: "500", color: theme.text },
      ".Error": { fontSize: "14px" },
    },
  };
}

/**
 * Fields for the option's own types only: wallets have buttons of their own above the list. What the account chooses
 * by itself is left as it is.
 */
export function paymentElementOptions(
  { allowed_payment_method_types }: StripeClient,
  given: Readonly<{ email: string | null; disabled: boolean }>,
): StripePaymentElementOptions {
  const isAccountsChoice = allowed_payment_method_types === null;
  return {
    layout: isAccountsChoice ? "accordion" : "tabs",
    readOnly: given.disabled,
    ...(given.email !== null && { defaultValues: { billingDetails: { email: given.email } } }),
    ...(!isAccountsChoice && { wallets: { applePay: "never", googlePay: "never", link: "never" } }),
  };
}

/** The wallets of the Express Checkout Element by the word operators list them under. */
const WALLETS = {
  apple_pay: "applePay",
  google_pay: "googlePay",
  link: "link",
  amazon_pay: "amazonPay",
} as const;

export type Wallet = (typeof WALLETS)[keyof typeof WALLETS];

export function walletOf(method: string): Wallet | undefined {
  return Object.entries(WALLETS).find(([known]) => known === method)?.[1];
}

/** One button, of one wallet: which wallets there are and in which order is the operator's choice. */
export function expressOptions(wallet: Wallet, { isDark }: FormTheme): StripeExpressCheckoutElementOptions {
  const only = (one: Wallet) => (one === wallet ? "auto" : "never");
  return {
    buttonHeight: 48,
    buttonTheme: { applePay: isDark ? "white" : "black", googlePay: isDark ? "white" : "black" },
    layout: { maxColumns: 1, maxRows: 1, overflow: "never" },
    paymentMethods: {
      applePay: only("applePay"),
      googlePay: only("googlePay"),
      link: only("link"),
      amazonPay: only("amazonPay"),
      paypal: "never",
      klarna: "never",
    },
  };
}
