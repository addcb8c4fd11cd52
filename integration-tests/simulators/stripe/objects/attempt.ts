import type Stripe from "stripe";
import type { Account, IntentRecord, MethodRecord } from "../account";
import { DECLINES, type Decline } from "../cards/declines";
import { askIssuer } from "../cards/issuer";
import { declineError, docUrl, type StripeRefusal } from "../errors";
import { idOf } from "../ids";
import { METHOD_RULES } from "../methods";
import { captureBefore, newCharge } from "./charges";
import { disputeAtOnce } from "./disputes";
import { askShopper, sendElsewhere, stopAsking } from "./next-action";
import { attach } from "./payment-methods";
import { expireAuthorization } from "./release";

export type Circumstances = Readonly<{
  off_session: boolean;
  /** The shopper has just passed 3-D Secure, or approved on the bank's page. */
  approved: boolean;
  error_on_requires_action: boolean;
  /** Stripe.js confirms, or a server that lets it handle what comes next. */
  use_stripe_sdk: boolean;
}>;

/**
 * Tries to pay the intent with its payment method and brings it into the state that follows.
 * @returns the refusal to answer with, when there was one
 */
export function pay(
  account: Account,
  record: IntentRecord,
  method: MethodRecord,
  how: Circumstances,
): StripeRefusal | undefined {
  const { object: intent } = record;
  stopAsking(record);
  intent.last_payment_error = null;
  const rule = METHOD_RULES[method.object.type];
  switch (rule?.flow) {
    case "issuer":
      return payByCard(account, record, method, how);
    case "debit":
      return startDebit(account, record, method);
    case "redirect":
    case "shown":
    case "transfer":
      if (!how.approved) {
        sendElsewhere(account, record, rule);
        return undefined;
      }
      break;
    default:
      break;
  }
  approve(account, record, method, false);
  return undefined;
}

/** True when what is approved is only reserved until it is captured. */
export function capturesByHand(intent: Stripe.PaymentIntent, type: string): boolean {
  const by_method = type === "card" ? intent.payment_method_options?.card?.capture_method : undefined;
  return (by_method ?? intent.capture_method) === "manual";
}

/** Puts the intent back to where another payment method is needed. */
export function fail(
  account: Account,
  record: IntentRecord,
  error: Stripe.PaymentIntent.LastPaymentError,
): void {
  const { object: intent } = record;
  stopAsking(record);
  intent.status = "requires_payment_method";
  intent.payment_method = null;
  intent.last_payment_error = error;
  account.note(intent.id, "decline", intent.amount);
  account.emit("payment_intent.payment_failed", intent);
}

function payByCard(
  account: Account,
  record: IntentRecord,
  method: MethodRecord,
  { off_session, approved, error_on_requires_action, use_stripe_sdk }: Circumstances,
): StripeRefusal | undefined {
  const { card } = method;
  if (!card) {
    throw new Error(`Payment method ${method.object.id} has no test card.`);
  }
  const requested = record.object.payment_method_options?.card?.request_three_d_secure;
  const answer = askIssuer(card, {
    off_session,
    set_up: method.set_up,
    authenticated: approved,
    requested: requested === "any" || requested === "challenge",
  });
  switch (answer.type) {
    case "approved":
      approve(account, record, method, approved);
      return undefined;
    case "declined":
      return decline(account, record, method, answer.decline);
    case "challenge":
      if (error_on_requires_action) {
        return decline(account, record, method, DECLINES.authentication_not_handled);
      }
      askShopper(account, record, use_stripe_sdk);
      return undefined;
  }
}

function approve(account: Account, record: IntentRecord, method: MethodRecord, authenticated: boolean): void {
  const { object: intent } = record;
  const by_hand = capturesByHand(intent, method.object.type);
  const charge = newCharge(account, record, method, {
    status: "succeeded",
    captured: !by_hand,
    authenticated,
  });
  remember(account, record, method);
  account.note(intent.id, "authorize", charge.amount);
  account.emit("charge.succeeded", charge);
  if (by_hand) {
    intent.status = "requires_capture";
    intent.amount_capturable = intent.amount;
    account.emit("payment_intent.amount_capturable_updated", intent);
    const lives_ms = captureBefore(charge) * 1000 - account.clock.now();
    account.clock.after(lives_ms, () => expireAuthorization(account, record, charge));
    return;
  }
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  account.note(intent.id, "capture", charge.amount);
  account.emit("payment_intent.succeeded", intent);
  disputeAtOnce(account, charge, method);
}

function decline(account: Account, record: IntentRecord, method: MethodRecord, why: Decline): StripeRefusal {
  const charge = newCharge(account, record, method, { status: "failed", captured: false, decline: why });
  failWith(account, record, method, charge, why);
  return declineError(why, {
    charge: charge.id,
    payment_intent: record.object,
    payment_method: method.object,
  });
}

/** The charge has failed, and the intent needs another method. */
function failWith(
  account: Account,
  record: IntentRecord,
  method: MethodRecord,
  charge: Stripe.Charge,
  why: Decline,
): void {
  account.emit("charge.failed", charge);
  fail(account, record, {
    ...why,
    type: "card_error",
    charge: charge.id,
    doc_url: docUrl(why.code),
    payment_method: structuredClone(method.object),
  });
}

/** The bank answers days later. */
function startDebit(account: Account, record: IntentRecord, method: MethodRecord): undefined {
  const { object: intent } = record;
  const charge = newCharge(account, record, method, { status: "pending", captured: true });
  charge.amount_captured = 0;
  charge.paid = false;
  intent.status = "processing";
  remember(account, record, method);
  account.note(intent.id, "wait", charge.amount);
  account.emit("charge.pending", charge);
  account.emit("payment_intent.processing", intent);
  const wait_ms = METHOD_RULES[method.object.type]?.settles_after_ms ?? 0;
  account.clock.after(wait_ms, () => settleDebit(account, record, method, method.debit !== "fails"));
}

/** The bank's answer to a debit; does nothing once there was one. */
export function settleDebit(
  account: Account,
  record: IntentRecord,
  method: MethodRecord,
  paid: boolean,
): void {
  const { object: intent } = record;
  const charge = account.charges.get(idOf(intent.latest_charge) ?? "");
  if (intent.status !== "processing" || charge?.status !== "pending") {
    return;
  }
  if (!paid) {
    const why = DECLINES.bank_debit_failed;
    Object.assign(charge, { status: "failed", failure_code: why.code, failure_message: why.message });
    return failWith(account, record, method, charge, why);
  }
  Object.assign(charge, { status: "succeeded", paid: true, amount_captured: charge.amount });
  account.note(intent.id, "authorize", charge.amount);
  account.note(intent.id, "capture", charge.amount);
  account.emit("charge.succeeded", charge);
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  account.emit("payment_intent.succeeded", intent);
}

/** What a payment does to its method: it is saved when that was asked for, and spent when it was never saved. */
function remember(account: Account, { object: intent }: IntentRecord, method: MethodRecord): void {
  const customer = idOf(intent.customer);
  if (intent.setup_future_usage !== null) {
    method.set_up = true;
    if (customer !== null && method.object.customer === null) {
      attach(account, method, customer);
    }
  }
  method.spent = method.object.customer === null;
}
