import type { AdminPaymentAttempt, AdminPaymentOperation } from "../../../api/admin-contract";

type Category = NonNullable<AdminPaymentAttempt["decline"]>["category"];
type Recovery = NonNullable<AdminPaymentAttempt["recovery"]>["action"];
type ErrorKind = NonNullable<AdminPaymentOperation["error"]>["kind"];

export const methods = {
  card: "Card",
  apple_pay: "Apple Pay",
  google_pay: "Google Pay",
  bank_redirect: "Bank transfer",
  paypal: "PayPal",
  bitcoin: "Bitcoin",
  litecoin: "Litecoin",
  pp_system_default: "Arranged with the store",
};

export const statuses = {
  created: "Started",
  ready: "Waiting for the shopper",
  action_required: "Waiting at the bank",
  pending: "Pending",
  unknown: "Outcome unknown",
  authorized: "Authorized",
  captured: "Captured",
  declined: "Declined",
  failed: "Not reached",
  released: "Left behind",
  canceled: "Canceled",
} satisfies Readonly<Record<AdminPaymentAttempt["status"], string>>;

export const declines = {
  authenticate: "The bank wants the shopper to confirm who they are, and that did not succeed.",
  provider_transient: "The payment service had a passing problem.",
  issuer_transient: "The shopper's bank could not be reached just then.",
  issuer_generic: "The bank refused and gave no reason.",
  issuer_refused: "The bank does not allow this payment.",
  funds_limit: "Not enough money, or over a limit of the card.",
  fix_data: "Something was entered wrongly, such as the security code.",
  instrument_unusable: "The card or account cannot be used, for example because it expired.",
  unsupported_here: "This card or currency is not supported by the gateway.",
  never: "Lost, stolen or blocked for good. The card must not be charged again.",
  risk: "Stopped as a suspected fraud. The shopper was not told the reason.",
  compliance: "Refused for legal reasons.",
  reconcile: "It may have been paid already; the payment is read from the gateway first.",
  merchant_config: "The store's account at the gateway has to be put right.",
  session_expired: "The shopper took longer than the gateway allows.",
  unclassified: "The gateway refused with a code that Tender does not know.",
} satisfies Readonly<Record<Category, string>>;

export const recoveries = {
  retry: "The shopper was offered to try the same again.",
  authenticate: "The shopper was asked to confirm with the bank.",
  fix_details: "The shopper was asked to correct the details.",
  switch_provider: "Another provider of the same method was asked at once.",
  choose_another_method: "The shopper was offered other ways to pay.",
  reconcile: "The payment was to be read from the gateway before anything else.",
  stop: "Nothing more was tried.",
} satisfies Readonly<Record<Recovery, string>>;

export const kinds = {
  create: "Create",
  update: "Change amount",
  authorize: "Authorize",
  capture: "Capture",
  refund: "Refund",
  cancel: "Void",
} satisfies Readonly<Record<AdminPaymentOperation["kind"], string>>;

export const outcomes = {
  started: "No answer yet",
  succeeded: "Succeeded",
  declined: "Declined",
  failed: "Nothing happened",
  unknown: "Unknown",
} satisfies Readonly<Record<AdminPaymentOperation["status"], string>>;

export const errors = {
  unavailable: "The gateway could not be reached. No money moved.",
  unknown:
    "The answer was lost. Money may have moved; the payment is read from the gateway before it is tried again.",
  misconfigured: "The gateway does not accept the store's settings. No money moved.",
  invalid_data: "What was entered did not fit. No money moved.",
  invalid_webhook: "A message did not come from the gateway.",
} satisfies Readonly<Record<ErrorKind, string>>;
