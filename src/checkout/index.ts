/**
 * Tender's checkout for stores with a React storefront of their own: the whole of it, its parts, or only the
 * client. Import `medusa-tender/checkout/styles.css` beside it.
 */
export * from "./client";
export * from "./components";
export type * from "./gateway-form";
export {
  alternativesOf,
  bankPageUrl,
  canRetryRefused,
  formOf,
  isExpress,
  listedOptions,
  owesNothing,
  TRANSITIONS,
} from "./flow";
export type {
  BlockedReason,
  CheckoutEvent,
  CheckoutState,
  FormKind,
  Notice,
  PaymentDetails,
  Phase,
} from "./flow";
export {
  LOCALES,
  toLocale,
  wordingOf,
  type Digits,
  type Locale,
  type TextKey,
  type Texts,
  type Wording,
} from "./locales";
