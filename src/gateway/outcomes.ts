import type { Decline } from "./declines";
import type { Money } from "./money";

/** What the shopper has to do next. */
export type NextAction =
  /** Send `confirm` with the method's data (or none, where the method asks for none). */
  | Readonly<{ type: "confirm" }>
  /** Go to `url` (3-D Secure, a bank's page) and send `confirm` after coming back. */
  | Readonly<{ type: "redirect"; url: string; reason: "three_d_secure" | "bank_page" }>
  /**
   * Wait: news comes by itself. `settles_later`: in days, as with a bank debit; the order is placed now, and is paid or
   * stays unpaid then.
   */
  | Readonly<{ type: "wait"; settles_later?: true }>;

/** Where a payment stands at the gateway, in the contract's words. */
export type SnapshotStatus =
  | "requires_confirmation"
  | "action_required"
  | "pending"
  | "authorized"
  | "captured"
  | "declined"
  | "canceled";

/** What identifies a card or account without revealing it. */
export type Instrument = Readonly<{
  /** Equal for the same card, useless for anything else (keyed hash or the gateway's own fingerprint). */
  fingerprint?: string;
  brand?: string;
  last4?: string;
  wallet?: string;
}>;

/** A payment the payer contests at their bank. */
export type Dispute = Readonly<{
  /** The gateway's id of it. */
  id: string;
  amount: Money;
  /** `won`: the store keeps the money. `lost`: the payer has it back. */
  status: "open" | "won" | "lost";
  reason?: string;
  /** Until when the store may answer. */
  respond_by?: Date;
}>;

/** Something about a payment that an operator must look at and that none of its amounts tells. */
export type Notice = Readonly<{
  kind: NoticeKind;
  /** Tells apart what was noticed at different times, e.g. an amount; the same for the same thing. */
  key: string;
  /** One plain sentence, no secrets. */
  detail: string;
}>;

export type NoticeKind =
  /** More came than was asked for, or too late, or too little: no order stands for it. */
  | "money_beyond"
  /** What was captured is the store's no more, and nobody gave it back. */
  | "payment_undone"
  /** A refund is under way that its payee and the operator carry out. */
  | "refund_waits";

/** What the finding of a notice is about. */
export function noticeSubject(attempt_id: string, { key }: Notice): string {
  return `${attempt_id}:${key}`;
}

/**
 * The payment as the gateway reports it **now**: the only truth we settle from.
 * `captured` status means at least part was captured and nothing more is expected.
 */
export type PaymentSnapshot = Readonly<{
  /** The gateway's id of the payment. */
  reference: string;
  status: SnapshotStatus;
  /** What was asked for. */
  amount: Money;
  /** What is (or was) reserved; 0 before authorization. */
  authorized: Money;
  captured: Money;
  refunded: Money;
  next_action?: NextAction;
  /**
   * With `requires_confirmation`: the payer has agreed on the service's own page, and a confirm without data takes the
   * money. Nothing more is asked of them: who comes back from the page is confirmed at once.
   */
  agreed?: true;
  decline?: Decline;
  instrument?: Instrument;
  disputes?: readonly Dispute[];
  /** Only the disputes could not be read just now: all else holds. */
  disputes_unread?: true;
  /** All that is to be noticed now; what is left out is over. */
  notices?: readonly Notice[];
  /** When an uncaptured authorization lapses. */
  authorization_expires_at?: Date;
  /** What the shopper's browser may know (client secret, public ids). Never secrets. */
  client?: Readonly<Record<string, unknown>>;
}>;

/** What came of a call. A refusal is a value, not an exception; an unknown outcome is thrown as `OutcomeUnknown`. */
export type Outcome =
  | Readonly<{ type: "approved"; snapshot: PaymentSnapshot }>
  | Readonly<{ type: "declined"; decline: Decline; snapshot: PaymentSnapshot }>
  | Readonly<{ type: "action_required"; next_action: NextAction; snapshot: PaymentSnapshot }>
  | Readonly<{ type: "pending"; snapshot: PaymentSnapshot }>;

/** Reads the outcome of authorizing from a snapshot, so that a retried call and a re-read agree. */
export function outcomeOf(snapshot: PaymentSnapshot): Outcome {
  switch (snapshot.status) {
    case "authorized":
    case "captured":
      return { type: "approved", snapshot };
    case "pending":
      return { type: "pending", snapshot };
    case "requires_confirmation":
      return snapshot.decline
        ? { type: "declined", decline: snapshot.decline, snapshot }
        : { type: "action_required", next_action: { type: "confirm" }, snapshot };
    case "action_required":
      return { type: "action_required", next_action: snapshot.next_action ?? { type: "confirm" }, snapshot };
    case "declined":
    case "canceled":
      return {
        type: "declined",
        decline: snapshot.decline ?? { category: "session_expired", code: `payment_${snapshot.status}` },
        snapshot,
      };
  }
}
