import type Stripe from "stripe";
import type { Account, IntentRecord, MethodRecord, TokenRecord } from "../account";
import { cardError, invalidRequest, mayBe, unexpectedState } from "../errors";
import { idOf } from "../ids";
import { METHOD_RULES } from "../methods";
import { capturesByHand, fail, pay, settleDebit, type Circumstances } from "./attempt";
import { findToken, methodFor, methodOf } from "./intent-method";
import { methodOptions } from "./intent-types";
import { AUTHENTICATION_FAILED } from "./next-action";
import { checkUsable } from "./payment-methods";

/** A confirmation that nothing speaks against. */
export type Confirmation = Readonly<{
  method: MethodRecord;
  token: TokenRecord | undefined;
  return_url: string | null;
  how: Circumstances;
  params: Stripe.PaymentIntentConfirmParams;
}>;

/**
 * Confirms: charges, reserves, or asks the shopper.
 * @throws StripeRefusal 402 when the issuer refuses; the intent has then changed, too
 */
export function confirmIntent(
  account: Account,
  record: IntentRecord,
  params: Stripe.PaymentIntentConfirmParams,
): Stripe.PaymentIntent {
  if (!mayBe(record.object, "confirmed")) {
    throw unexpectedState(record.object, "confirmed");
  }
  const token = findToken(account, params.confirmation_token);
  const method = token?.method ?? methodFor(account, params) ?? methodOf(account, record.object);
  return carryOut(account, record, prepareConfirmation(account, record.object, method, token, params));
}

/**
 * Checks everything that can be checked before the issuer is asked. Changes nothing.
 * @throws StripeRefusal 400
 */
export function prepareConfirmation(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: MethodRecord | undefined,
  token: TokenRecord | undefined,
  params: Stripe.PaymentIntentConfirmParams,
): Confirmation {
  if (!method) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the " +
        "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment " +
        "method or ConfirmationToken.",
      { code: "payment_intent_unexpected_state", payment_intent: intent },
    );
  }
  checkUsable(method, idOf(intent.customer));
  checkAllowed(intent, method);
  checkUsage(intent, token, params);
  const return_url = params.return_url ?? token?.object.return_url ?? null;
  const off_session = params.off_session !== undefined && params.off_session !== false;
  const use_stripe_sdk = params.use_stripe_sdk === true || account.request?.publishable === true;
  if (return_url === null && !off_session && !use_stripe_sdk && mayRedirect(intent)) {
    throw invalidRequest(
      "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these " +
        "payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't " +
        "want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and " +
        "`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
    );
  }
  const { type } = method.object;
  if (METHOD_RULES[type]?.flow === "redirect" && return_url === null) {
    throw invalidRequest(`A \`return_url\` must be provided when confirming with ${type}.`, {
      code: "parameter_missing",
      param: "return_url",
    });
  }
  const error_on_requires_action = params.error_on_requires_action === true;
  const how = { off_session, approved: false, error_on_requires_action, use_stripe_sdk };
  return { method, token, return_url, how, params };
}

/**
 * What is to be kept for later has to be known to the Elements it was typed into. The words are Stripe's own, from reports of
 * this mistake (odoo/odoo#138987, odoo/odoo#139284).
 */
function checkUsage(
  intent: Stripe.PaymentIntent,
  token: TokenRecord | undefined,
  params: Stripe.PaymentIntentConfirmParams,
): void {
  const provided = nonEmpty(params.setup_future_usage) ?? intent.setup_future_usage;
  const expected = token?.object.setup_future_usage ?? null;
  if (token?.from_elements && provided !== null && provided !== expected) {
    throw invalidRequest(
      `The provided setup_future_usage (${provided}) does not match the expected setup_future_usage (${expected}). Try ` +
        "confirming with a Payment Intent that is configured to use the same parameters as Stripe Elements.",
    );
  }
}

/** @throws StripeRefusal 402 when the issuer refuses */
export function carryOut(
  account: Account,
  record: IntentRecord,
  { method, token, return_url, how, params }: Confirmation,
): Stripe.PaymentIntent {
  const { object: intent } = record;
  if (token) {
    token.used = true;
    token.object.payment_intent = intent.id;
  }
  record.return_url = return_url ?? record.return_url;
  intent.payment_method = method.object.id;
  intent.capture_method = params.capture_method ?? intent.capture_method;
  intent.payment_method_options = methodOptions(intent.payment_method_options, params.payment_method_options);
  intent.setup_future_usage =
    nonEmpty(params.setup_future_usage) ?? token?.object.setup_future_usage ?? intent.setup_future_usage;
  const refused = pay(account, record, method, how);
  if (refused) {
    throw refused;
  }
  return intent;
}

/**
 * The shopper decides on the 3-D Secure page or at the bank. A refusal by the issuer afterwards shows in the intent.
 * @throws StripeRefusal 400 when nobody is asked
 */
export function decideIntent(
  account: Account,
  record: IntentRecord,
  approves: boolean,
): Stripe.PaymentIntent {
  const { object: intent } = record;
  const method = methodOf(account, intent);
  if (!record.asked || !method) {
    throw invalidRequest(`Nothing is asked of the shopper for ${intent.id}.`);
  }
  if (approves) {
    pay(account, record, method, {
      off_session: false,
      approved: true,
      error_on_requires_action: false,
      use_stripe_sdk: false,
    });
    return intent;
  }
  const { flow } = METHOD_RULES[method.object.type] ?? {};
  const refused =
    flow === "issuer"
      ? AUTHENTICATION_FAILED.payment_intent
      : cardError("The customer declined the payment.", { code: "payment_method_customer_decline" }).body;
  fail(account, record, {
    code: refused.code,
    message: refused.message,
    type: refused.type,
    payment_method: structuredClone(method.object),
  });
  return intent;
}

/**
 * A bank transfer arrives, of all that is left or a part of it.
 * @throws StripeRefusal 400 when none is awaited
 */
export function fundIntent(account: Account, record: IntentRecord, amount: number): Stripe.PaymentIntent {
  const { object: intent } = record;
  const awaited = intent.next_action?.display_bank_transfer_instructions;
  if (!awaited) {
    throw invalidRequest(`${intent.id} awaits no bank transfer.`);
  }
  const left = (awaited.amount_remaining ?? intent.amount) - amount;
  if (left <= 0) {
    return decideIntent(account, record, true);
  }
  awaited.amount_remaining = left;
  account.emit("payment_intent.partially_funded", intent);
  return intent;
}

/** The bank answers a debit now. @throws StripeRefusal 400 when none is on its way */
export function settleIntent(account: Account, record: IntentRecord, paid: boolean): Stripe.PaymentIntent {
  const method = methodOf(account, record.object);
  if (record.object.status !== "processing" || !method) {
    throw invalidRequest(`${record.object.id} is not processing.`);
  }
  settleDebit(account, record, method, paid);
  return record.object;
}

function checkAllowed(intent: Stripe.PaymentIntent, { object: { type } }: MethodRecord): void {
  const unable = capturesByHand(intent, type) && METHOD_RULES[type]?.manual_capture !== true;
  if (!intent.payment_method_types.includes(type) || unable) {
    throw invalidRequest(
      `The PaymentMethod provided (${type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one ` +
        `of the following types: ${intent.payment_method_types.join(", ")}.`,
      { code: "payment_intent_incompatible_payment_method", payment_intent: intent },
    );
  }
}

function mayRedirect({ automatic_payment_methods }: Stripe.PaymentIntent): boolean {
  return automatic_payment_methods !== null && automatic_payment_methods.allow_redirects !== "never";
}

function nonEmpty<T>(value: T | "" | null | undefined): T | undefined {
  return value === "" || value === null ? undefined : value;
}
