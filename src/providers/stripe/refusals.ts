import Stripe from "stripe";
import {
  GatewayMisconfigured,
  GatewayUnavailable,
  InvalidPaymentData,
  isGatewayError,
  OutcomeUnknown,
  type GatewayError,
} from "../../gateway/errors";

type Refusing = new (message: string) => GatewayError;

/**
 * What a 400 or 404 means by its code; all of them say that nothing moved (Stripe docs: Error codes; Error handling).
 * What has no row is a request that this account, or this gateway, should not have made: an operator must look.
 */
const REFUSALS: Readonly<Record<string, Refusing>> = {
  amount_too_large: GatewayUnavailable,
  amount_too_small: GatewayUnavailable,
  payment_method_not_available: GatewayUnavailable,

  capture_charge_authorization_expired: InvalidPaymentData,
  charge_already_captured: InvalidPaymentData,
  charge_already_refunded: InvalidPaymentData,
  charge_disputed: InvalidPaymentData,
  charge_expired_for_capture: InvalidPaymentData,
  charge_not_refundable: InvalidPaymentData,
  invalid_charge_amount: InvalidPaymentData,
  payment_intent_action_required: InvalidPaymentData,
  payment_intent_incompatible_payment_method: InvalidPaymentData,
  payment_intent_unexpected_state: InvalidPaymentData,
  payment_method_billing_details_address_missing: InvalidPaymentData,
  payment_method_currency_mismatch: InvalidPaymentData,
  payment_method_unexpected_state: InvalidPaymentData,
  refund_disputed_payment: InvalidPaymentData,
  token_already_used: InvalidPaymentData,
  token_in_use: InvalidPaymentData,
};

/** Parameters that come from the shopper or from the amount of a move, so that no operator is to blame. */
const OF_THE_CALLER: readonly string[] = [
  "payment_method",
  "confirmation_token",
  "amount",
  "amount_to_capture",
];

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
    return new (refusalOf(error))(`Stripe refused the request${where}.`);
  }
  // 409 and 5xx, and a key that was used for something else: what the first call did is not known.
  return new OutcomeUnknown(`Stripe answered ${error.statusCode ?? "something unreadable"}${where}.`);
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

function refusalOf({ code, param }: Stripe.errors.StripeInvalidRequestError): Refusing {
  const known = code !== undefined && Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  return (
    known ??
    (param !== undefined && OF_THE_CALLER.includes(param) ? InvalidPaymentData : GatewayMisconfigured)
  );
}

function detailsOf({ code, param, requestId }: Stripe.errors.StripeError): string {
  const details = [code, param && `parameter ${param}`, requestId && `request ${requestId}`].filter(Boolean);
  return details.length > 0 ? ` (${details.join(", ")})` : "";
}
