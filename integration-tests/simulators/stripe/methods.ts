const DAY_MS = 86_400_000;

export type MethodRule = Readonly<{
  /**
   * `issuer`: answered at once, or after 3-D Secure · `redirect`: the shopper decides on another site · `shown`: the
   * shopper pays elsewhere what is shown, a voucher or a code · `debit`: `processing` until the bank has answered, days
   * later · `transfer`: paid in one or more bank transfers · `wallet`: approved at once
   */
  flow: "issuer" | "redirect" | "shown" | "debit" | "transfer" | "wallet";
  manual_capture: boolean;
  /** All when left out. */
  currencies?: readonly string[];
  /** Of a debit: how long the bank takes. */
  settles_after_ms?: number;
  /** Of what is shown: the next action, and its field for the page that shows it, where it has one. */
  action?: string;
  page_field?: string;
}>;

/** Docs: Payment method integration options. */
export const METHOD_RULES: Readonly<Record<string, MethodRule>> = {
  card: { flow: "issuer", manual_capture: true },
  link: { flow: "wallet", manual_capture: true },

  ideal: { flow: "redirect", manual_capture: false, currencies: ["eur"] },
  bancontact: { flow: "redirect", manual_capture: false, currencies: ["eur"] },
  eps: { flow: "redirect", manual_capture: false, currencies: ["eur"] },
  p24: { flow: "redirect", manual_capture: false, currencies: ["eur", "pln"] },
  twint: { flow: "redirect", manual_capture: false, currencies: ["chf"] },
  alipay: { flow: "redirect", manual_capture: false },
  paypal: { flow: "redirect", manual_capture: true },
  amazon_pay: { flow: "redirect", manual_capture: true },
  revolut_pay: { flow: "redirect", manual_capture: true, currencies: ["eur", "gbp"] },
  mobilepay: { flow: "redirect", manual_capture: true, currencies: ["dkk", "eur", "nok", "sek"] },
  klarna: { flow: "redirect", manual_capture: true },
  affirm: { flow: "redirect", manual_capture: true, currencies: ["usd", "cad"] },
  afterpay_clearpay: { flow: "redirect", manual_capture: true },

  cashapp: {
    ...shown("usd", "cashapp_handle_redirect_or_display_qr_code", "hosted_instructions_url"),
    manual_capture: true,
  },
  oxxo: shown("mxn", "oxxo_display_details", "hosted_voucher_url"),
  boleto: shown("brl", "boleto_display_details", "hosted_voucher_url"),
  konbini: shown("jpy", "konbini_display_details", "hosted_voucher_url"),
  multibanco: shown("eur", "multibanco_display_details", "hosted_voucher_url"),
  pix: shown("brl", "pix_display_qr_code", "hosted_instructions_url"),
  paynow: shown("sgd", "paynow_display_qr_code", "hosted_instructions_url"),
  promptpay: shown("thb", "promptpay_display_qr_code", "hosted_instructions_url"),
  swish: shown("sek", "swish_handle_redirect_or_display_qr_code", "hosted_instructions_url"),
  blik: shown("pln", "blik_authorize"),

  sepa_debit: { flow: "debit", manual_capture: false, currencies: ["eur"], settles_after_ms: 6 * DAY_MS },
  bacs_debit: { flow: "debit", manual_capture: false, currencies: ["gbp"], settles_after_ms: 4 * DAY_MS },
  au_becs_debit: { flow: "debit", manual_capture: false, currencies: ["aud"], settles_after_ms: 4 * DAY_MS },
  acss_debit: {
    flow: "debit",
    manual_capture: false,
    currencies: ["cad", "usd"],
    settles_after_ms: 5 * DAY_MS,
  },
  us_bank_account: {
    flow: "debit",
    manual_capture: false,
    currencies: ["usd"],
    settles_after_ms: 4 * DAY_MS,
  },

  customer_balance: { flow: "transfer", manual_capture: false, currencies: ["eur", "gbp", "usd"] },
};

function shown(currency: string, action: string, page_field?: string): MethodRule {
  return { flow: "shown", manual_capture: false, currencies: [currency], action, page_field };
}

/** What an account's dashboard has activated when its options do not say. */
export const DEFAULT_METHODS = ["card", "link", "ideal", "bancontact", "klarna", "sepa_debit"] as const;

/** IBANs whose debit fails; every other succeeds (docs: SEPA Direct Debit payments, Test your integration). */
export const FAILING_IBANS: ReadonlySet<string> = new Set([
  "AT861904300235473202",
  "AT051904300235473205",
  "DE62370400440532013001",
  "DE87370400440532013500",
  "FR8420041010050500013M02607",
]);
