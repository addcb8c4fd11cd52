import { randomUUID } from "node:crypto";
import { disputedMinor, move, uncaptured, type Moved } from "./moves";
import { Refusal } from "./refusal";
import type { BankDecline, BankInstrument, BankPayment } from "./records";

/** How long an uncaptured authorization lives (as with most card networks and at Stripe: 7 days). */
export const AUTHORIZATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/** Changes the amount of an unpaid payment. An open challenge was for the old amount and is dropped. */
export function reprice(payment: BankPayment, amount_minor: bigint): Moved {
  const next = {
    status: "requires_confirmation",
    amount_minor,
    challenge: undefined,
    decline: undefined,
  } as const;
  return {
    payment: move(payment, "reprice", next),
    acts: [{ kind: "update", amount_minor }],
    events: [],
  };
}

/** Sends the shopper to a page of the bank. */
export function challenge(
  payment: BankPayment,
  instrument: BankInstrument | undefined,
  page: NonNullable<BankPayment["challenge"]>,
): Moved {
  const next = { status: "action_required", instrument, challenge: page, decline: undefined } as const;
  return {
    payment: move(payment, "challenge", next),
    acts: [{ kind: "challenge", amount_minor: payment.amount_minor }],
    events: [],
  };
}

/** Leaves the payment open until the bank hears more. */
export function wait(payment: BankPayment): Moved {
  return {
    payment: move(payment, "wait", { status: "pending" }),
    acts: [{ kind: "wait", amount_minor: payment.amount_minor }],
    events: ["payment.pending"],
  };
}

/**
 * Reserves the amount, and takes it at once with automatic capture.
 * @param amount_minor what the issuer gives; less than was asked for when it gives a part
 */
export function authorize(
  payment: BankPayment,
  now: number,
  amount_minor: bigint = payment.amount_minor,
): Moved {
  const automatic = payment.capture === "automatic";
  const reserved = { kind: "authorize", amount_minor } as const;
  return {
    payment: move(payment, "authorize", {
      status: automatic ? "captured" : "authorized",
      authorized_minor: amount_minor,
      authorizations: payment.authorizations + 1,
      captured_minor: automatic ? amount_minor : 0n,
      decline: undefined,
      authorization_expires_at: automatic ? undefined : now + AUTHORIZATION_LIFETIME_MS,
    }),
    acts: automatic ? [reserved, { kind: "capture", amount_minor }] : [reserved],
    events: [automatic ? "payment.captured" : "payment.authorized"],
  };
}

/** Refuses this try; the payment may be confirmed again, with another card for example. */
export function decline(payment: BankPayment, reason: BankDecline): Moved {
  const next = { status: "requires_confirmation", decline: reason, save_on_success: undefined } as const;
  return {
    payment: move(payment, "decline", next),
    acts: [{ kind: "decline", amount_minor: payment.amount_minor }],
    events: ["payment.declined"],
  };
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
    acts: [{ kind: "capture", amount_minor }],
    events: ["payment.captured"],
  };
}

/** What can be refunded: taken, not given back, and neither contested nor lost in a dispute. In minor units. */
export function refundable(payment: BankPayment): bigint {
  return payment.captured_minor - payment.refunded_minor - disputedMinor(payment, "open", "lost");
}

/** Gives back part or all of what was taken. Refused over the taken sum, and for what a dispute may give back. */
export function refund(payment: BankPayment, amount_minor: bigint, fails_at?: number): Moved {
  const left = payment.captured_minor - payment.refunded_minor;
  if (amount_minor > left) {
    throw new Refusal(
      409,
      "amount_exceeds_captured",
      `Only ${left} ${payment.currency} minor units are left to refund.`,
    );
  }
  if (amount_minor > refundable(payment)) {
    throw new Refusal(
      409,
      "payment_disputed",
      `Only ${refundable(payment)} ${payment.currency} minor units are not under dispute and left to refund.`,
    );
  }
  const entry = { id: `sbx_ref_${randomUUID()}`, amount_minor, status: "succeeded" as const, fails_at };
  return {
    payment: move(payment, "refund", {
      status: payment.status,
      refunded_minor: payment.refunded_minor + amount_minor,
      refunds: [...payment.refunds, entry],
    }),
    acts: [{ kind: "refund", amount_minor }],
    events: ["payment.refunded"],
  };
}

/** Takes back a refund that the shopper's card could not receive. */
export function failRefund(payment: BankPayment, refund_id: string): Moved {
  const failed = payment.refunds.find((entry) => entry.id === refund_id && entry.status === "succeeded");
  const amount_minor = failed?.amount_minor ?? 0n;
  return {
    payment: move(payment, "fail_refund", {
      status: payment.status,
      refunded_minor: payment.refunded_minor - amount_minor,
      refunds: payment.refunds.map((entry) =>
        entry === failed ? { ...entry, status: "failed" as const, fails_at: undefined } : entry,
      ),
    }),
    acts: [{ kind: "refund_failed", amount_minor }],
    events: ["payment.refund_failed"],
  };
}

/** Who gave up what was reserved, and the news about it. */
const RELEASES = { cancel: "payment.canceled", expire: "payment.expired" } as const;

/** Releases what is not captured. A payment that has nothing left to release since an earlier void stays as it is. */
export function voidRest(payment: BankPayment, why: keyof typeof RELEASES = "cancel"): Moved {
  if (payment.status === "canceled" || (payment.status === "captured" && payment.voided_minor > 0n)) {
    return { payment, acts: [], events: [] };
  }
  const amount_minor = uncaptured(payment);
  return {
    payment: move(payment, "void", {
      status: payment.captured_minor > 0n ? "captured" : "canceled",
      voided_minor: amount_minor,
      authorization_expires_at: undefined,
    }),
    acts: [{ kind: why, amount_minor }],
    events: [RELEASES[why]],
  };
}
