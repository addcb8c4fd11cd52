import { MedusaError, PaymentSessionStatus } from "@medusajs/framework/utils";
import type { AttemptStatus } from "./attempt-states";
import type { AttemptRecord } from "./journal";

/** True for an attempt whose outcome comes in days only, so that its order is placed before. */
export function settlesLater({
  status,
  next_action,
}: Pick<AttemptRecord, "status" | "next_action">): boolean {
  return status === "pending" && next_action?.type === "wait" && next_action.settles_later === true;
}

/** Medusa's word for where an attempt stands. */
export function sessionStatusOf(attempt: AttemptRecord): PaymentSessionStatus {
  return settlesLater(attempt) ? PaymentSessionStatus.PENDING_AUTHORIZATION : SESSION_STATUS[attempt.status];
}

const SESSION_STATUS: Readonly<Record<AttemptStatus, PaymentSessionStatus>> = {
  created: PaymentSessionStatus.PENDING,
  ready: PaymentSessionStatus.PENDING,
  action_required: PaymentSessionStatus.REQUIRES_MORE,
  pending: PaymentSessionStatus.PENDING,
  unknown: PaymentSessionStatus.PENDING,
  authorized: PaymentSessionStatus.AUTHORIZED,
  captured: PaymentSessionStatus.CAPTURED,
  declined: PaymentSessionStatus.ERROR,
  failed: PaymentSessionStatus.ERROR,
  released: PaymentSessionStatus.CANCELED,
  canceled: PaymentSessionStatus.CANCELED,
};

/**
 * What Medusa's complete is told of an attempt that is not approved: thrown, never returned, since a returned `error`
 * blocks the session for good and tells the shopper nothing. Undefined for one that may have its order.
 */
export function refusalFor(attempt: AttemptRecord): MedusaError | undefined {
  const { PAYMENT_AUTHORIZATION_ERROR, PAYMENT_REQUIRES_MORE_ERROR } = MedusaError.Types;
  if (settlesLater(attempt)) {
    return undefined;
  }
  const { status, decline } = attempt;
  switch (status) {
    case "authorized":
    case "captured":
      return undefined;
    case "declined":
      return new MedusaError(
        PAYMENT_AUTHORIZATION_ERROR,
        "The payment was declined. Nothing was charged.",
        decline?.code,
      );
    case "ready":
    case "action_required":
      return new MedusaError(PAYMENT_REQUIRES_MORE_ERROR, "The payment needs another step by the shopper.");
    case "pending":
    case "unknown":
      return new MedusaError(
        PAYMENT_REQUIRES_MORE_ERROR,
        "The payment is being confirmed. Do not pay again.",
      );
    default:
      return new MedusaError(
        PAYMENT_AUTHORIZATION_ERROR,
        "This payment is no longer valid. Start a new one.",
      );
  }
}
