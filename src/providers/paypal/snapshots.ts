import type { Decline } from "../../gateway/declines";
import { OutcomeUnknown } from "../../gateway/errors";
import type {
  Dispute,
  Instrument,
  NextAction,
  PaymentSnapshot,
  SnapshotStatus,
} from "../../gateway/outcomes";
import type { Money } from "../../gateway/money";
import { isSafeServiceAddress } from "../../gateway/service-address";
import { fromApiMoney } from "./amounts";
import type { AuthorizationAnswer, CardAnswer, DisputeAnswer, OrderAnswer } from "./answers";
import { failedAuthentication } from "./authentication";
import { declineOfMove } from "./declines";
import {
  amountOf,
  authorizationsOf,
  capturedOf,
  capturesOf,
  standingAuthorizations,
  isUnpaid,
  pendingCaptures,
  refundedOf,
  unitOf,
} from "./payments";
import { isGivenUp } from "./requests";

/** What of a snapshot follows from where the order stands. */
type Standing = Pick<PaymentSnapshot, "status" | "next_action" | "decline" | "agreed">;

/** An eCheck clears in days, and a review takes up to three: nobody waits for that on a page. */
const IN_DAYS: NextAction = { type: "wait", settles_later: true };

/** Payments v2, `authorization_status`, of one that is not over. */
const STATUS_OF_AUTHORIZATION: Readonly<Record<string, SnapshotStatus>> = {
  CREATED: "authorized",
  PARTIALLY_CAPTURED: "authorized",
  CAPTURED: "captured",
};

/** Payments v2, `capture_status`, of an order that is captured at once; the rest is still on its way. */
const STATUS_OF_CAPTURE: Readonly<Record<string, SnapshotStatus>> = {
  COMPLETED: "captured",
  PARTIALLY_REFUNDED: "captured",
  REFUNDED: "captured",
  REVERSED: "captured",
  DECLINED: "declined",
  FAILED: "declined",
};

/** Customer disputes v1, `status`, of a dispute that is not decided (any more): its outcome may be that before an appeal. */
const UNDECIDED: readonly string[] = [
  "OPEN",
  "WAITING_FOR_BUYER_RESPONSE",
  "WAITING_FOR_SELLER_RESPONSE",
  "UNDER_REVIEW",
];

/** Customer disputes v1, `outcome_code`. */
const STATUS_OF_OUTCOME: Readonly<Record<string, Dispute["status"]>> = {
  RESOLVED_SELLER_FAVOUR: "won",
  // PayPal pays the buyer itself.
  RESOLVED_WITH_PAYOUT: "won",
  CANCELED_BY_BUYER: "won",
  DENIED: "won",
  RESOLVED_BUYER_FAVOUR: "lost",
  ACCEPTED: "lost",
};

/**
 * The order in the contract's words.
 * @param disputes those of its captures
 * @throws OutcomeUnknown for an order that says nothing that can be relied on
 */
export function snapshotOf(
  order: OrderAnswer,
  disputes: readonly DisputeAnswer[] | "unread" = [],
): PaymentSnapshot {
  const captured = capturedOf(order);
  const instrument = instrumentOf(order);
  const held = standingAuthorizations(order).at(-1);
  const lapses_at = held && dateOf(held.expirationTime);
  return {
    reference: order.id,
    ...standingOf(order, captured, held),
    amount: amountOf(order),
    authorized: authorizedOf(order, captured, held),
    captured,
    refunded: refundedOf(order),
    ...(disputes === "unread" ? { disputes_unread: true } : { disputes: disputes.map(disputeOf) }),
    client: { order_id: order.id, intent: order.intent.toLowerCase() },
    ...(instrument && { instrument }),
    ...(lapses_at && { authorization_expires_at: lapses_at }),
  };
}

/** PayPal's or the bank's page where the payer goes on; undefined where the order names none that is safe to go to. */
export function payerPageOf({ links }: Pick<OrderAnswer, "links">): string | undefined {
  return ["payer-action", "approve"]
    .map((rel) => links.find((link) => link.rel === rel)?.href)
    .find((href) => href !== undefined && isSafeServiceAddress(href));
}

/** The card an order is being paid with, also through a wallet that holds one. */
export function cardOf({ paymentSource }: OrderAnswer): CardAnswer | undefined {
  const card = paymentSource?.card ?? paymentSource?.applePay?.card ?? paymentSource?.googlePay?.card;
  return card && (card.lastDigits !== undefined || card.authenticationResult) ? card : undefined;
}

function standingOf(order: OrderAnswer, captured: Money, held: AuthorizationAnswer | undefined): Standing {
  if (isUnpaid(order)) {
    return unpaidStanding(order);
  }
  if (order.intent === "CAPTURE" && order.status !== "VOIDED") {
    return captureStanding(order);
  }
  if (held) {
    return heldStanding(held, captured);
  }
  const denied = authorizationsOf(order).at(-1);
  if (captured.amount_minor > 0n) {
    // What was captured before the rest was voided stays captured.
    return { status: "captured" };
  }
  if (pendingCaptures(order).length > 0) {
    return captureStanding(order);
  }
  return denied?.status === "DENIED"
    ? { status: "declined", decline: declineOfMove(denied) }
    : { status: "canceled" };
}

function unpaidStanding(order: OrderAnswer): Standing {
  if (isGivenUp(unitOf(order))) {
    return { status: "canceled" };
  }
  const card = cardOf(order);
  const decline: Decline | undefined = card && failedAuthentication(card);
  if (decline) {
    return { status: "requires_confirmation", decline };
  }
  switch (order.status) {
    case "APPROVED":
      return { status: "requires_confirmation", agreed: true };
    case "PAYER_ACTION_REQUIRED":
      return card ? challengeOf(order) : { status: "requires_confirmation" };
    case "CREATED":
    case "SAVED":
      // With 3-D Secure passed, PayPal leaves the order as it was (woocommerce/woocommerce-paypal-payments#3300).
      return { status: "requires_confirmation", ...(card?.authenticationResult && { agreed: true }) };
    default:
      throw new OutcomeUnknown(`PayPal says that the order is ${order.status}, and shows no payment of it.`);
  }
}

/** The card's bank asks who is paying. Without a page of its own, PayPal's script in the browser shows it. */
function challengeOf(order: OrderAnswer): Standing {
  const url = payerPageOf(order);
  return {
    status: "action_required",
    next_action:
      url === undefined ? { type: "confirm" } : { type: "redirect", url, reason: "three_d_secure" },
  };
}

function heldStanding(held: AuthorizationAnswer, captured: Money): Standing {
  const status = STATUS_OF_AUTHORIZATION[held.status] ?? "pending";
  if (status === "pending") {
    return { status, next_action: IN_DAYS };
  }
  // A capture that has not arrived yet leaves the money where it is: reserved.
  return { status: status === "captured" && captured.amount_minor === 0n ? "authorized" : status };
}

function captureStanding(order: OrderAnswer): Standing {
  const last = capturesOf(order).at(-1);
  const status = (last && STATUS_OF_CAPTURE[last.status]) ?? "pending";
  return {
    status,
    ...(status === "pending" && { next_action: IN_DAYS }),
    ...(status === "declined" && last && { decline: declineOfMove(last) }),
  };
}

/**
 * One authorization may have renewed another: they hold the same money. Once nothing is held and a part was captured, the
 * whole was approved once, as where the rest lapsed; with nothing captured, nothing is left of it.
 */
function authorizedOf(order: OrderAnswer, captured: Money, held: AuthorizationAnswer | undefined): Money {
  const authorization = held ?? (captured.amount_minor > 0n ? authorizationsOf(order).at(-1) : undefined);
  if (order.intent === "CAPTURE" || !authorization) {
    return captured;
  }
  const is_undecided = held !== undefined && STATUS_OF_AUTHORIZATION[held.status] === undefined;
  return is_undecided ? { ...captured, amount_minor: 0n } : fromApiMoney(authorization.amount);
}

function instrumentOf(order: OrderAnswer): Instrument | undefined {
  const { paymentSource } = order;
  const card = cardOf(order);
  const wallet = (["paypal", "venmo", "applePay", "googlePay"] as const).find(
    (name) => paymentSource?.[name],
  );
  if (isUnpaid(order) || (!card && !wallet)) {
    return undefined;
  }
  return {
    ...(card?.brand && { brand: card.brand.toLowerCase() }),
    ...(card?.lastDigits && { last4: card.lastDigits }),
    ...(wallet && { wallet: WALLET[wallet] }),
  };
}

const WALLET = { paypal: "paypal", venmo: "venmo", applePay: "apple_pay", googlePay: "google_pay" } as const;

function disputeOf(answer: DisputeAnswer): Dispute {
  const { dispute_id, dispute_amount, reason, seller_response_due_date } = answer;
  const respond_by = dateOf(seller_response_due_date);
  return {
    id: dispute_id,
    amount: disputeMoneyOf(dispute_amount),
    status: disputeStatusOf(answer),
    ...(reason && { reason: reason.toLowerCase() }),
    ...(respond_by && { respond_by }),
  };
}

/** One that is closed without a decision is won, unless something was given back for it. */
function disputeStatusOf({ status, dispute_outcome }: DisputeAnswer): Dispute["status"] {
  if (UNDECIDED.includes(status)) {
    return "open";
  }
  const { outcome_code = "", amount_refunded } = dispute_outcome ?? {};
  const given_back = amount_refunded !== undefined && disputeMoneyOf(amount_refunded).amount_minor > 0n;
  const undecided = status === "RESOLVED" ? (given_back ? "lost" : "won") : "open";
  return STATUS_OF_OUTCOME[outcome_code] ?? undecided;
}

function disputeMoneyOf({ currency_code, value }: DisputeAnswer["dispute_amount"]): Money {
  return fromApiMoney({ currencyCode: currency_code, value });
}

function dateOf(time: string | undefined): Date | undefined {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
