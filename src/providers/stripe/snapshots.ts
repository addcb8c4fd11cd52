import type {
  Dispute,
  Instrument,
  NextAction,
  PaymentSnapshot,
  SnapshotStatus,
} from "../../gateway/outcomes";
import { fromApiAmount } from "./amounts";
import type { ChargeAnswer, DisputeAnswer, IntentAnswer } from "./answers";
import { declineOf } from "./declines";

type IntentStatus = IntentAnswer["status"];

/** Stripe docs: How PaymentIntents work, "Intent statuses". */
const STATUS: Readonly<Record<IntentStatus, SnapshotStatus>> = {
  // Also after a refusal, which is then in `last_payment_error`.
  requires_payment_method: "requires_confirmation",
  requires_confirmation: "requires_confirmation",
  requires_action: "action_required",
  processing: "pending",
  requires_capture: "authorized",
  succeeded: "captured",
  canceled: "canceled",
};

/** Where each action leads on a page of Stripe's or the bank's; what has no row is for Stripe.js in the browser. */
const PAGE_OF_ACTION: Readonly<Record<string, string>> = {
  redirect_to_url: "url",
  alipay_handle_redirect: "url",
  boleto_display_details: "hosted_voucher_url",
  cashapp_handle_redirect_or_display_qr_code: "hosted_instructions_url",
  konbini_display_details: "hosted_voucher_url",
  multibanco_display_details: "hosted_voucher_url",
  oxxo_display_details: "hosted_voucher_url",
  paynow_display_qr_code: "hosted_instructions_url",
  pix_display_qr_code: "hosted_instructions_url",
  promptpay_display_qr_code: "hosted_instructions_url",
  swish_handle_redirect_or_display_qr_code: "hosted_instructions_url",
  verify_with_microdeposits: "hosted_verification_url",
};

/** What the shopper does elsewhere: nothing on this page leads on. */
const WAITS: readonly string[] = ["blik_authorize", "card_await_notification", "upi_await_notification"];

/** Stripe docs: How disputes work, "Dispute statuses". What has no row is still open. */
const DISPUTE_STATUS: Readonly<Record<string, Dispute["status"]>> = {
  won: "won",
  warning_closed: "won",
  prevented: "won",
  lost: "lost",
};

/**
 * The intent in the contract's words.
 * @param settles_later the types whose order does not wait for the bank's answer
 * @param disputes those of its charge
 */
export function snapshotOf(
  intent: IntentAnswer,
  settles_later: readonly string[],
  disputes: readonly DisputeAnswer[] = [],
): PaymentSnapshot {
  const charge = chargeOf(intent);
  const money = (amount: number) => fromApiAmount(amount, intent.currency);
  const captured = charge?.amount_captured ?? intent.amount_received;
  const next_action = nextActionOf(intent, settles_later);
  const expires_s = charge?.payment_method_details?.card?.capture_before;
  const instrument = instrumentOf(intent, charge);
  return {
    reference: intent.id,
    // What was captured before the rest was voided stays captured.
    status: intent.status === "canceled" && captured > 0 ? "captured" : STATUS[intent.status],
    amount: money(intent.amount),
    authorized: money(authorizedOf(intent, charge, captured)),
    captured: money(captured),
    refunded: money(refundedOf(intent, charge)),
    disputes: disputes.map(disputeOf),
    client: {
      id: intent.id,
      client_secret: intent.client_secret,
      ...(intent.next_action && { stripe_action: intent.next_action.type }),
    },
    ...(next_action && { next_action }),
    ...(intent.status === "requires_payment_method" &&
      intent.last_payment_error && { decline: declineOf(intent.last_payment_error) }),
    ...(instrument && { instrument }),
    ...(intent.status === "requires_capture" &&
      expires_s !== undefined && { authorization_expires_at: new Date(expires_s * 1000) }),
  };
}

/** The charge where it came along with the intent. */
export function chargeOf({ latest_charge }: IntentAnswer): ChargeAnswer | undefined {
  return typeof latest_charge === "object" && latest_charge !== null ? latest_charge : undefined;
}

function authorizedOf(intent: IntentAnswer, charge: ChargeAnswer | undefined, captured: number): number {
  switch (intent.status) {
    case "requires_capture":
      return intent.amount_capturable + captured;
    case "succeeded":
      return charge?.amount ?? intent.amount_received;
    case "canceled":
      // With a part captured the whole was approved once, as where a final capture released the rest.
      return captured > 0 ? (charge?.amount ?? captured) : 0;
    default:
      return 0;
  }
}

/**
 * What the payer got back of what was taken. `amount_refunded` also counts what was only reserved and then released
 * (Stripe docs, Cancel a PaymentIntent: "the remaining amount_capturable is automatically refunded"; Capture a charge:
 * "any additional amount"), and nothing in the refund itself tells the two apart.
 */
function refundedOf(intent: IntentAnswer, charge: ChargeAnswer | undefined): number {
  if (!charge) {
    return 0;
  }
  const released = intent.status === "requires_capture" ? 0 : charge.amount - charge.amount_captured;
  return Math.max(charge.amount_refunded - released, 0);
}

function nextActionOf(intent: IntentAnswer, settles_later: readonly string[]): NextAction | undefined {
  const { status, next_action, payment_method_types } = intent;
  if (status === "processing") {
    return { type: "wait", ...(settles_later.includes(typeOf(intent)) && { settles_later: true }) };
  }
  if (status !== "requires_action" || !next_action) {
    return undefined;
  }
  const { type } = next_action;
  const url = pageOf(next_action);
  if (url !== undefined) {
    const only_cards = payment_method_types.every((allowed) => allowed === "card");
    return { type: "redirect", url, reason: only_cards ? "three_d_secure" : "bank_page" };
  }
  return WAITS.includes(type) ? { type: "wait" } : { type: "confirm" };
}

/** The type it is being paid with; "" where Stripe does not tell. */
function typeOf(intent: IntentAnswer): string {
  const [only, ...others] = intent.payment_method_types;
  return chargeOf(intent)?.payment_method_details?.type ?? (others.length === 0 ? (only ?? "") : "");
}

function pageOf(next_action: NonNullable<IntentAnswer["next_action"]>): string | undefined {
  const field = PAGE_OF_ACTION[next_action.type];
  const details: unknown = next_action[next_action.type];
  const url: unknown =
    field !== undefined && typeof details === "object" && details !== null
      ? Reflect.get(details, field)
      : undefined;
  return typeof url === "string" && /^https?:/.test(url) ? url : undefined;
}

function instrumentOf(intent: IntentAnswer, charge: ChargeAnswer | undefined): Instrument | undefined {
  const refused =
    intent.status === "requires_payment_method" ? intent.last_payment_error?.payment_method : undefined;
  const card = refused ? refused.card : charge?.payment_method_details?.card;
  if (!card) {
    return undefined;
  }
  const { fingerprint, brand, last4, wallet } = card;
  return {
    ...(fingerprint && { fingerprint }),
    ...(brand && { brand }),
    ...(last4 && { last4 }),
    ...(wallet && { wallet: wallet.type }),
  };
}

function disputeOf({ id, amount, currency, reason, status, evidence_details }: DisputeAnswer): Dispute {
  const due_s = evidence_details?.due_by;
  return {
    id,
    amount: fromApiAmount(amount, currency),
    reason,
    status: DISPUTE_STATUS[status] ?? "open",
    ...(due_s && { respond_by: new Date(due_s * 1000) }),
  };
}
