import { randomUUID } from "node:crypto";
import { Refusal } from "./refusal";
import type { BankDecline, BankInstrument, BankPayment, EventType, Status } from "./records";

/** How long an uncaptured authorization lives (as with most card networks and at Stripe: 7 days). */
export const AUTHORIZATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

const UNPAID: readonly Status[] = ["requires_confirmation", "action_required", "pending"];

/** Every legal move of a payment. What is not in this table is refused with 409. */
export const MOVES = {
  reprice: { from: ["requires_confirmation", "action_required"], to: ["requires_confirmation"] },
  challenge: { from: ["requires_confirmation", "action_required"], to: ["action_required"] },
  wait: { from: ["action_required"], to: ["pending"] },
  authorize: { from: UNPAID, to: ["authorized", "captured"] },
  decline: { from: UNPAID, to: ["requires_confirmation"] },
  capture: { from: ["authorized"], to: ["authorized", "captured"] },
  refund: { from: ["authorized", "captured"], to: ["authorized", "captured"] },
  fail_refund: { from: ["authorized", "captured", "canceled"], to: ["authorized", "captured", "canceled"] },
  dispute: { from: ["authorized", "captured"], to: ["authorized", "captured"] },
  void: { from: [...UNPAID, "authorized"], to: ["canceled", "captured"] },
} as const satisfies Record<string, { from: readonly Status[]; to: readonly Status[] }>;

export type Move = keyof typeof MOVES;

/** A payment after a move, and the news to send out about it. */
export type Moved = Readonly<{ payment: BankPayment; events: readonly EventType[] }>;

/** Changes the amount of an unpaid payment. An open challenge was for the old amount and is dropped. */
export function reprice(payment: BankPayment, amount_minor: bigint): Moved {
  const next = {
    status: "requires_confirmation",
    amount_minor,
    challenge: undefined,
    decline: undefined,
  } as const;
  return { payment: move(payment, "reprice", next), events: [] };
}

/** Sends the shopper to a page of the bank. */
export function challenge(
  payment: BankPayment,
  instrument: BankInstrument | undefined,
  page: NonNullable<BankPayment["challenge"]>,
): Moved {
  const next = { status: "action_required", instrument, challenge: page, decline: undefined } as const;
  return { payment: move(payment, "challenge", next), events: [] };
}

/** Leaves the payment open until the bank hears more. */
export function wait(payment: BankPayment): Moved {
  return { payment: move(payment, "wait", { status: "pending" }), events: ["payment.pending"] };
}

/** Reserves the whole amount, and takes it at once with automatic capture. */
export function authorize(payment: BankPayment, now: number): Moved {
  const automatic = payment.capture === "automatic";
  return {
    payment: move(payment, "authorize", {
      status: automatic ? "captured" : "authorized",
      authorized_minor: payment.amount_minor,
      captured_minor: automatic ? payment.amount_minor : 0n,
      decline: undefined,
      authorization_expires_at: automatic ? undefined : now + AUTHORIZATION_LIFETIME_MS,
    }),
    events: [automatic ? "payment.captured" : "payment.authorized"],
  };
}

/** Refuses this try; the payment may be confirmed again, with another card for example. */
export function decline(payment: BankPayment, reason: BankDecline): Moved {
  const next = { status: "requires_confirmation", decline: reason, save_on_success: undefined } as const;
  return { payment: move(payment, "decline", next), events: ["payment.declined"] };
}

/** Takes part or all of what is reserved. Refused over the reserved sum. */
export function capture(payment: BankPayment, amount_minor: bigint): Moved {
  const left = uncaptured(payment);
  if (payment.status === "captured" || (payment.status === "authorized" && amount_minor > left)) {
    throw new Refusal(
      409,
      "amount_exceeds_authorized",
      `Only ${left} ${payment.currency} minor units are left to capture.`,
    );
  }
  const captured_minor = payment.captured_minor + amount_minor;
  return {
    payment: move(payment, "capture", {
      status: captured_minor === payment.authorized_minor ? "captured" : "authorized",
      captured_minor,
    }),
    events: ["payment.captured"],
  };
}

/** Gives back part or all of what was taken. Refused over the taken sum. */
export function refund(payment: BankPayment, amount_minor: bigint, fails_at?: number): Moved {
  const left = payment.captured_minor - payment.refunded_minor;
  if (amount_minor > left) {
    throw new Refusal(
      409,
      "amount_exceeds_captured",
      `Only ${left} ${payment.currency} minor units are left to refund.`,
    );
  }
  const entry = { id: `sbx_ref_${randomUUID()}`, amount_minor, status: "succeeded" as const, fails_at };
  return {
    payment: move(payment, "refund", {
      status: payment.status,
      refunded_minor: payment.refunded_minor + amount_minor,
      refunds: [...payment.refunds, entry],
    }),
    events: ["payment.refunded"],
  };
}

/** Takes back a refund that the shopper's card could not receive. */
export function failRefund(payment: BankPayment, refund_id: string): Moved {
  const failed = payment.refunds.find((entry) => entry.id === refund_id && entry.status === "succeeded");
  return {
    payment: move(payment, "fail_refund", {
      status: payment.status,
      refunded_minor: payment.refunded_minor - (failed?.amount_minor ?? 0n),
      refunds: payment.refunds.map((entry) =>
        entry === failed ? { ...entry, status: "failed" as const, fails_at: undefined } : entry,
      ),
    }),
    events: ["payment.refund_failed"],
  };
}

/** The shopper contests what was taken. */
export function dispute(payment: BankPayment, amount_minor: bigint): Moved {
  if (amount_minor + payment.disputed_minor > payment.captured_minor) {
    throw new Refusal(
      409,
      "amount_exceeds_captured",
      "Only what was captured can be disputed, and only once.",
    );
  }
  const next = { status: payment.status, disputed_minor: payment.disputed_minor + amount_minor };
  return { payment: move(payment, "dispute", next), events: ["payment.disputed"] };
}

/** Releases what is not captured. A payment that has nothing left to release since an earlier void stays as it is. */
export function voidRest(payment: BankPayment): Moved {
  if (payment.status === "canceled" || (payment.status === "captured" && payment.voided_minor > 0n)) {
    return { payment, events: [] };
  }
  return {
    payment: move(payment, "void", {
      status: payment.captured_minor > 0n ? "captured" : "canceled",
      voided_minor: uncaptured(payment),
      authorization_expires_at: undefined,
    }),
    events: ["payment.canceled"],
  };
}

/** What is reserved and neither taken nor released yet, in minor units. */
export function uncaptured(payment: BankPayment): bigint {
  return payment.authorized_minor - payment.captured_minor - payment.voided_minor;
}

function move(
  payment: BankPayment,
  name: Move,
  next: Partial<BankPayment> & Readonly<{ status: Status }>,
): BankPayment {
  const { from, to }: { from: readonly Status[]; to: readonly Status[] } = MOVES[name];
  if (!from.includes(payment.status)) {
    throw new Refusal(
      409,
      "wrong_state",
      `A payment that is ${payment.status} does not allow "${name}"; it must be ${from.join(" or ")}.`,
    );
  }
  if (!to.includes(next.status)) {
    throw new Error(`"${name}" must not lead to ${next.status}.`);
  }
  const moved = { ...payment, ...next };
  assertBalanced(moved);
  return moved;
}

/** 0 ≤ refunded ≤ captured ≤ authorized − voided, whatever happened before. */
function assertBalanced(payment: BankPayment): void {
  const { authorized_minor, captured_minor, refunded_minor, voided_minor } = payment;
  if (
    refunded_minor < 0n ||
    refunded_minor > captured_minor ||
    captured_minor + voided_minor > authorized_minor
  ) {
    throw new Error(`The books of payment ${payment.reference} do not balance.`);
  }
}
