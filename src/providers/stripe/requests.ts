import type Stripe from "stripe";
import type { Money } from "../../gateway/money";
import type { ConfirmPaymentInput, CreatePaymentInput } from "../../gateway/payment-gateway";
import { toApiAmount } from "./amounts";
import type { IntentAnswer } from "./answers";
import { captureMethodOf, methodRow } from "./methods";
import type { StripeOptions } from "./options";
import { confirmDataOf, createDataOf, knownMethod } from "./shopper-data";
import { chargeOf } from "./snapshots";

/** What comes along with every intent, so that one call tells all of a payment. */
export const EXPAND = ["latest_charge"];
export const EXPAND_IN_REFUND = ["payment_intent.latest_charge"];

/**
 * A new intent. `payment_method_types` is never sent, which API 2026-10-28 refuses: a method of its own allows its
 * type, and the dynamic one leaves the choice to the account's settings.
 */
export function createParams(
  input: CreatePaymentInput,
  options: StripeOptions,
): Stripe.PaymentIntentCreateParams {
  const method = knownMethod(input.method);
  const { allows } = methodRow(method);
  const { payment_method } = createDataOf(input.data);
  const customer = input.customer?.gateway_customer_id;
  return {
    ...toApiAmount(input.amount),
    capture_method: captureMethodOf(method, options.capture),
    metadata: { attempt_id: input.attempt_id },
    expand: EXPAND,
    ...(options.payment_description !== undefined && { description: options.payment_description }),
    ...(customer !== undefined && { customer }),
    ...(payment_method !== undefined && { payment_method }),
    ...(allows === "account" ? accountsChoice(options) : { allowed_payment_method_types: [...allows] }),
    ...methodOptions(input, options),
  };
}

/** Confirms with what the shopper's browser sent, or with what the intent already has. */
export function confirmParams(
  input: ConfirmPaymentInput,
  options: StripeOptions,
): Stripe.PaymentIntentConfirmParams {
  const { confirmation_token, payment_method, saved_method_id, save, use_stripe_sdk } = confirmDataOf(
    input.data,
  );
  const with_method = payment_method ?? saved_method_id;
  const return_url = input.return_url ?? options.return_url;
  const asks_for_3ds = input.authenticate && methodRow(knownMethod(input.method)).card;
  return {
    expand: EXPAND,
    ...(confirmation_token !== undefined && { confirmation_token }),
    ...(with_method !== undefined && { payment_method: with_method }),
    ...(return_url !== undefined && !input.off_session && { return_url }),
    ...(input.off_session && { off_session: true }),
    ...(save && !input.off_session && { setup_future_usage: "off_session" }),
    ...(use_stripe_sdk && !input.off_session && { use_stripe_sdk: true }),
    ...(asks_for_3ds && { payment_method_options: { card: { request_three_d_secure: "any" } } }),
  };
}

/** Whether a confirm brings something to pay with. */
export function bringsMethod(input: ConfirmPaymentInput): boolean {
  const { confirmation_token, payment_method, saved_method_id } = confirmDataOf(input.data);
  return (confirmation_token ?? payment_method ?? saved_method_id) !== undefined;
}

/**
 * Captures exactly that much. What is left stays reserved where the card can be captured several times and more is
 * left than this; otherwise Stripe releases it (docs: Capture a payment multiple times).
 */
export function captureParams(amount: Money, intent: IntentAnswer): Stripe.PaymentIntentCaptureParams {
  const { amount: amount_to_capture } = toApiAmount(amount);
  const rest_stays = canCaptureAgain(intent) && amount_to_capture !== intent.amount_capturable;
  return {
    amount_to_capture,
    expand: EXPAND,
    ...(canCaptureAgain(intent) && { final_capture: !rest_stays }),
  };
}

/** Stripe docs: Create a refund, "reason". Of a `fraudulent` one Stripe blocks the card and the address. */
const REFUND_REASONS = ["requested_by_customer", "duplicate", "fraudulent"] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** What may be tried without having been chosen. */
const HARMLESS_REASONS = [undefined, "requested_by_customer", "duplicate"] as const;

/**
 * The reasons to ask for a refund with, one after the other: Stripe knows a repeat of the same refund by its reason too,
 * which is told by the operator's new request, not by the one whose answer was lost.
 *
 * @param code of Medusa's refund reason; one that is not among Stripe's three is not sent
 */
export function refundReasons(code: string | undefined): (RefundReason | undefined)[] {
  const chosen = REFUND_REASONS.find(
    (reason) =>
      reason ===
      code
        ?.trim()
        .toLowerCase()
        .replace(/[\s-]+/g, "_"),
  );
  return [chosen, ...HARMLESS_REASONS.filter((reason) => reason !== chosen)];
}

/** Whether the card of an authorized intent can be captured several times. */
export function canCaptureAgain(intent: IntentAnswer): boolean {
  return chargeOf(intent)?.payment_method_details?.card?.multicapture?.status === "available";
}

function accountsChoice({
  payment_method_configuration,
}: StripeOptions): Partial<Stripe.PaymentIntentCreateParams> {
  return {
    automatic_payment_methods: { enabled: true },
    ...(payment_method_configuration !== undefined && { payment_method_configuration }),
  };
}

function methodOptions(
  { method }: CreatePaymentInput,
  { capture, oxxo_expires_days }: StripeOptions,
): Partial<Stripe.PaymentIntentCreateParams> {
  const row = methodRow(knownMethod(method));
  if (row.card && capture === "manual") {
    return { payment_method_options: { card: { request_multicapture: "if_available" } } };
  }
  if (method === "oxxo" && oxxo_expires_days !== undefined) {
    return { payment_method_options: { oxxo: { expires_after_days: oxxo_expires_days } } };
  }
  return {};
}
