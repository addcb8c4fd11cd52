import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  OutcomeUndecided,
  type GatewayError,
} from "../../gateway/errors";

export type Refusing = new (message: string) => GatewayError;

const REQUEST = "PayPal refused the request";
const PAYEE = "The store's PayPal account cannot take this";
const LAPSED =
  "The authorization has lapsed, so nothing can be captured any more: the shopper has to pay again";
const WRONG_CURRENCY = "The amount is not in the payment's currency";
const TOO_FINE = "The amount has more decimals than PayPal's currency has";
const NOT_OURS =
  "PayPal does not let this account work on the payment: it belongs to another account, or the app lacks the permission";
const NOT_THERE =
  "PayPal does not know what was asked about: it has expired, is another account's, or of the other environment";
const IN_PROGRESS = "PayPal is still at an earlier request about this payment";

/**
 * Every issue of the operations on authorizations, captures and refunds: which error of the contract it is, and how it is
 * said to an operator. All but the unknown ones say that nothing moved. Source: PayPal's published specification of
 * Payments v2 (`@paypal/paypal-rest-api-specifications`), which a spec holds this against.
 */
export const MOVE_ISSUES = {
  AUTHORIZATION_ALREADY_CAPTURED: [InvalidPaymentData, "The payment is captured already"],
  AUTHORIZATION_DENIED: [InvalidPaymentData, "The authorization was refused, so nothing can be captured"],
  AUTHORIZATION_EXPIRED: [InvalidPaymentData, LAPSED],
  AUTHORIZATION_VOIDED: [
    InvalidPaymentData,
    "The authorization is void, so nothing can be captured any more",
  ],
  AUTH_CAPTURE_CURRENCY_MISMATCH: [InvalidPaymentData, WRONG_CURRENCY],
  AUTH_CURRENCY_MISMATCH: [InvalidPaymentData, WRONG_CURRENCY],
  CANNOT_BE_NEGATIVE: [InvalidPaymentData, "The amount must not be negative"],
  CANNOT_BE_VOIDED: [
    InvalidPaymentData,
    "PayPal voids the first authorization only, not the one that renewed it",
  ],
  CANNOT_BE_ZERO_OR_NEGATIVE: [InvalidPaymentData, "The amount must be more than nothing"],
  CAPTURE_FULLY_REFUNDED: [InvalidPaymentData, "The payment is refunded already"],
  CURRENCY_MISMATCH: [InvalidPaymentData, WRONG_CURRENCY],
  DECIMALS_NOT_SUPPORTED: [InvalidPaymentData, TOO_FINE],
  DECIMAL_PRECISION: [InvalidPaymentData, TOO_FINE],
  DUPLICATE_INVOICE_ID: [
    InvalidPaymentData,
    "PayPal has a payment with this invoice number, which the account's settings allow once only",
  ],
  INVALID_ACCOUNT_STATUS: [GatewayMisconfigured, PAYEE],
  INVALID_CURRENCY_CODE: [InvalidPaymentData, "PayPal does not take this currency"],
  INVALID_PARAMETER_SYNTAX: [GatewayMisconfigured, REQUEST],
  INVALID_PARAMETER_VALUE: [GatewayMisconfigured, REQUEST],
  INVALID_RESOURCE_ID: [InvalidPaymentData, NOT_THERE],
  INVALID_STRING_LENGTH: [GatewayMisconfigured, REQUEST],
  INVALID_STRING_MAX_LENGTH: [GatewayMisconfigured, REQUEST],
  MAX_CAPTURE_AMOUNT_EXCEEDED: [InvalidPaymentData, "Not so much can be captured"],
  MAX_CAPTURE_COUNT_EXCEEDED: [
    InvalidPaymentData,
    "PayPal takes no more captures of this authorization: ask PayPal to change their number for the account",
  ],
  MAX_NUMBER_OF_REFUNDS_EXCEEDED: [InvalidPaymentData, "PayPal makes no more refunds of this capture"],
  MISSING_REQUIRED_PARAMETER: [GatewayMisconfigured, REQUEST],
  PARTIAL_REFUND_NOT_ALLOWED: [InvalidPaymentData, "PayPal refunds this capture as a whole only"],
  PAYEE_ACCOUNT_LOCKED_OR_CLOSED: [GatewayMisconfigured, PAYEE],
  PAYEE_ACCOUNT_RESTRICTED: [GatewayMisconfigured, PAYEE],
  PAYER_ACCOUNT_LOCKED_OR_CLOSED: [InvalidPaymentData, "The payer's PayPal account is locked or closed"],
  PAYER_CANNOT_PAY: [InvalidPaymentData, "The payer cannot pay this: ask them to pay another way"],
  PENDING_CAPTURE: [InvalidPaymentData, "The payment has not arrived yet, so it cannot be refunded"],
  PERMISSION_DENIED: [GatewayMisconfigured, NOT_OURS],
  PLATFORM_FEE_EXCEEDED: [InvalidPaymentData, "The platform's fee is more than what is left to refund"],
  PLATFORM_FEE_NOT_ENABLED: [GatewayMisconfigured, PAYEE],
  PREVIOUSLY_CAPTURED: [InvalidPaymentData, "The payment is captured already, so it cannot be voided"],
  PREVIOUSLY_VOIDED: [InvalidPaymentData, "The authorization is void already"],
  PREVIOUS_REQUEST_IN_PROGRESS: [OutcomeUndecided, IN_PROGRESS],
  REAUTHORIZATION_NOT_SUPPORTED: [InvalidPaymentData, "PayPal cannot renew this authorization"],
  REFUND_AMOUNT_EXCEEDED: [InvalidPaymentData, "No more can be refunded than was captured"],
  REFUND_AMOUNT_TOO_LOW: [
    InvalidPaymentData,
    "The amount is nothing in the currency the capture was paid out in",
  ],
  REFUND_CAPTURE_CURRENCY_MISMATCH: [InvalidPaymentData, WRONG_CURRENCY],
  REFUND_FAILED_INSUFFICIENT_FUNDS: [
    InvalidPaymentData,
    "The store's PayPal account has not enough money for the refund, and neither has its bank account",
  ],
  REFUND_IS_RESTRICTED: [
    GatewayMisconfigured,
    "Only the app that captured the payment may refund it: check client_id",
  ],
  REFUND_NOT_ALLOWED: [InvalidPaymentData, "PayPal does not refund this capture"],
  REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK: [
    InvalidPaymentData,
    "The payer has a chargeback at their bank: the money is given back there, not by a refund",
  ],
  REFUND_TIME_LIMIT_EXCEEDED: [
    InvalidPaymentData,
    "The time for refunds of this payment is over (180 days at PayPal): pay the money back another way",
  ],
  TRANSACTION_DISPUTED: [
    InvalidPaymentData,
    "The payment is disputed, so no part of it can be refunded: answer the dispute at PayPal",
  ],
  TRANSACTION_REFUSED: [InvalidPaymentData, "PayPal's own checks refused it"],
} as const satisfies Record<string, readonly [Refusing, string]>;

/** Which error an answer without a known issue is, by its HTTP status; the rest leaves open what happened. */
const BY_STATUS: Readonly<Record<number, readonly [Refusing, string]>> = {
  400: [GatewayMisconfigured, REQUEST],
  401: [
    GatewayMisconfigured,
    "PayPal does not accept the app's keys for this. Check client_id and client_secret",
  ],
  403: [GatewayMisconfigured, NOT_OURS],
  404: [InvalidPaymentData, NOT_THERE],
  405: [GatewayMisconfigured, REQUEST],
  406: [GatewayMisconfigured, REQUEST],
  415: [GatewayMisconfigured, REQUEST],
  422: [InvalidPaymentData, REQUEST],
  429: [GatewayUnavailable, "PayPal takes no more requests for now"],
};

export function moveIssue(issue: string): readonly [Refusing, string] | undefined {
  return isMoveIssue(issue) ? MOVE_ISSUES[issue] : undefined;
}

/** The row of a status; undefined for one that does not say that nothing was done (409 and 5xx among them). */
export function refusalByStatus(status: number): readonly [Refusing, string] | undefined {
  return BY_STATUS[status];
}

function isMoveIssue(issue: string): issue is keyof typeof MOVE_ISSUES {
  return Object.hasOwn(MOVE_ISSUES, issue);
}
