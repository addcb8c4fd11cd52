/** Where an attempt may stand. An attempt is one try to pay one cart with one option. */
export const ATTEMPT_STATUSES = [
  /** Written down; the gateway has not been asked yet, or not answered. */
  "created",
  /** The gateway's payment exists and waits for the shopper's confirm. */
  "ready",
  /** The shopper must do something first: 3-D Secure, a bank's page. */
  "action_required",
  /** The gateway will tell later. */
  "pending",
  /** Nobody knows yet whether money moved; only reconciling may change this. */
  "unknown",
  "authorized",
  "captured",
  "declined",
  /** It certainly came to nothing: the gateway could not be reached or refused the request as such. */
  "failed",
  /** Its session is gone; the gateway's payment waits to be taken over or voided. */
  "released",
  "canceled",
] as const;

export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/**
 * Every legal change. Anything else is refused by the compare-and-swap in the tender module.
 * `declined` can come back to life because gateways let one payment be confirmed again with another card.
 */
export const ATTEMPT_TRANSITIONS: Readonly<Record<AttemptStatus, readonly AttemptStatus[]>> = {
  created: [
    "ready",
    "action_required",
    "pending",
    "authorized",
    "captured",
    "declined",
    "failed",
    "unknown",
    "released",
    "canceled",
  ],
  ready: [
    "action_required",
    "pending",
    "authorized",
    "captured",
    "declined",
    "failed",
    "unknown",
    "released",
    "canceled",
  ],
  action_required: [
    "ready",
    "pending",
    "authorized",
    "captured",
    "declined",
    "failed",
    "unknown",
    "released",
    "canceled",
  ],
  pending: ["action_required", "authorized", "captured", "declined", "unknown", "released", "canceled"],
  unknown: [
    "ready",
    "action_required",
    "pending",
    "authorized",
    "captured",
    "declined",
    "failed",
    "released",
    "canceled",
  ],
  authorized: ["captured", "released", "canceled", "unknown"],
  // `unknown`: what was captured went back before there was an order.
  captured: ["released", "canceled", "unknown"],
  declined: [
    "ready",
    "action_required",
    "pending",
    "authorized",
    "captured",
    "unknown",
    "released",
    "canceled",
  ],
  failed: [],
  released: ["canceled", "authorized", "captured", "declined"],
  canceled: [],
};

/** States in which the attempt is the cart's current one and may still be confirmed. */
export const OPEN_STATUSES: readonly AttemptStatus[] = ["created", "ready", "action_required"];

/** States in which a shopper may have left it unpaid: one refused may be paid with another card meanwhile. */
export const UNPAID_STATUSES: readonly AttemptStatus[] = [...OPEN_STATUSES, "declined"];

/** States in which money may be on the way, so that the cart must not be paid a second time yet. */
export const LIVE_STATUSES: readonly AttemptStatus[] = ["pending", "unknown", "authorized"];

/** States in which money was taken or may be. */
export const PAID_OR_MAY_BE: readonly AttemptStatus[] = [...LIVE_STATUSES, "captured"];

/** True when the table allows the change. */
export function canChange(from: AttemptStatus, to: AttemptStatus): boolean {
  return ATTEMPT_TRANSITIONS[from].includes(to);
}

/** All states from which `to` may be reached. */
export function sourcesOf(to: AttemptStatus): AttemptStatus[] {
  return ATTEMPT_STATUSES.filter((from) => canChange(from, to));
}
