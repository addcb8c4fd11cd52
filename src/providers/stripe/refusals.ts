import Stripe from "stripe";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  isGatewayError,
  OutcomeUndecided,
  OutcomeUnknown,
  type GatewayError,
} from "../../gateway/errors";

type Refusing = new (message: string) => GatewayError;

const REFUSED = "Stripe refused the request";
const REFUSED_AMOUNT =
  "Stripe does not take this amount: of a refund no more can be given back than was taken";
const MISSING = "Stripe does not know what was asked about: it may be another account's, or of another mode";
const LAPSED =
  "The authorization has lapsed, so nothing can be captured any more: the shopper has to pay again";

/**
 * What a 400 or 404 means by its code, and how it is said; all of them say that nothing moved (Stripe docs: Error codes;
 * Error handling). What has no row is a request that this account, or this gateway, should not have made: an operator
 * must look.
 */
const REFUSALS: Readonly<Record<string, readonly [Refusing, string]>> = {
  amount_too_large: [GatewayUnavailable, "The amount is above what Stripe takes"],
  amount_too_small: [GatewayUnavailable, "The amount is below what Stripe takes"],
  payment_method_not_available: [GatewayUnavailable, "The method's own service is down"],

  capture_charge_authorization_expired: [InvalidPaymentData, LAPSED],
  charge_already_captured: [InvalidPaymentData, "The payment is captured already"],
  charge_already_refunded: [InvalidPaymentData, "The payment is refunded already"],
  charge_disputed: [InvalidPaymentData, "The payment is disputed: answer the dispute in Stripe's dashboard"],
  charge_expired_for_capture: [InvalidPaymentData, LAPSED],
  charge_not_refundable: [InvalidPaymentData, "Stripe can no longer refund this payment"],
  invalid_charge_amount: [InvalidPaymentData, "Stripe refused the amount"],
  payment_intent_action_required: [InvalidPaymentData, "The shopper has to finish a step first"],
  payment_intent_incompatible_payment_method: [
    InvalidPaymentData,
    "The payment cannot be made with this method",
  ],
  payment_intent_unexpected_state: [
    InvalidPaymentData,
    "The payment's state does not allow this: it may have lapsed, been canceled, or been taken already",
  ],
  payment_method_billing_details_address_missing: [InvalidPaymentData, "The billing address is missing"],
  payment_method_currency_mismatch: [InvalidPaymentData, "The method cannot pay in this currency"],
  payment_method_unexpected_state: [InvalidPaymentData, "The method cannot be used now"],
  refund_disputed_payment: [
    InvalidPaymentData,
    "The payment is disputed: it is given back there, not by a refund",
  ],
  token_already_used: [
    InvalidPaymentData,
    "The shopper's details were used before and have to be entered again",
  ],
  token_in_use: [InvalidPaymentData, "The shopper's details are being used by another request"],
};

/** Parameters that come from the shopper or from the amount of a move, so that no operator is to blame. */
const OF_THE_CALLER: readonly string[] = ["payment_method", "confirmation_token", "amount"];

/**
 * Which error of the contract a failed call is, by whether money can have moved. Messages hold Stripe's codes and the
 * id of the request, never what was sent.
 */
export function gatewayErrorOf(error: unknown): GatewayError {
  if (isGatewayError(error)) {
    return error;
  }
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new OutcomeUnknown("Stripe's answer could not be understood.", { cause: error });
  }
  const { errors } = Stripe;
  const where = detailsOf(error);
  if (error instanceof errors.StripeConnectionError) {
    return isGatewayError(error.detail) ? error.detail : new OutcomeUnknown("Stripe's answer was lost.");
  }
  if (error instanceof errors.StripeAuthenticationError) {
    return new GatewayMisconfigured(`Stripe does not accept the API key. Check the option api_key${where}.`);
  }
  if (error instanceof errors.StripePermissionError) {
    return new GatewayMisconfigured(
      `The Stripe API key may not do this. Give the restricted key the permission, or the account the feature${where}.`,
    );
  }
  if (error instanceof errors.StripeRateLimitError) {
    return new GatewayUnavailable(`Stripe takes no more requests for now${where}.`);
  }
  if (error instanceof errors.StripeCardError) {
    return new InvalidPaymentData(`Stripe refused the payment method${where}.`);
  }
  if (error instanceof errors.StripeInvalidRequestError) {
    const [Refusing, message] = refusalOf(error);
    return new Refusing(`${message}${where}.`);
  }
  // 409 and 5xx, and a key that was used for something else: what the first call did is not known.
  const Unknown =
    error.statusCode !== undefined && error.statusCode < 500 ? OutcomeUndecided : OutcomeUnknown;
  return new Unknown(`Stripe answered ${error.statusCode ?? "something unreadable"}${where}.`);
}

/**
 * True when the object is not there, or is another account's.
 * @param param the parameter that names it; any when left out
 */
export function isMissing(error: unknown, param?: string): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.code === "resource_missing" &&
    (param === undefined || error.param === param)
  );
}

function refusalOf({
  code,
  param,
}: Stripe.errors.StripeInvalidRequestError): readonly [Refusing, message: string] {
  if (param === "amount_to_capture") {
    // Also `amount_too_large`, which is no reason here to think that Stripe is down.
    return [InvalidPaymentData, "Not so much can be captured"];
  }
  const known = code !== undefined && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  const is_callers = param !== undefined && OF_THE_CALLER.includes(param);
  const message = code === "resource_missing" ? MISSING : param === "amount" ? REFUSED_AMOUNT : REFUSED;
  return known ?? [is_callers ? InvalidPaymentData : GatewayMisconfigured, message];
}

function detailsOf({ code, param, requestId }: Stripe.errors.StripeError): string {
  const details = [code, param && `parameter ${param}`, requestId && `request ${requestId}`].filter(Boolean);
  return details.length > 0 ? ` (${details.join(", ")})` : "";
}
