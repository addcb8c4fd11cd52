import type Stripe from "stripe";
import { found, type Account } from "../account";
import { displayed } from "../currencies";
import { invalidRequest } from "../errors";
import { idOf } from "../ids";
import { mergedMetadata } from "../metadata";
import { bookRefund } from "./balance";
import { newRefund } from "./refund-record";

const DAY_MS = 86_400_000;
const REFUNDS_END_AFTER_MS = 3 * DAY_MS;

/**
 * Gives back all or a part of what was captured.
 * @throws StripeRefusal 400 for what was not captured, over what is left, or disputed
 */
export function createRefund(account: Account, params: Stripe.RefundCreateParams): Stripe.Refund {
  const charge = chargeToRefund(account, params);
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  // Once it is captured, what was not taken has become a refund of its own.
  const left = (charge.captured ? charge.amount : charge.amount_captured) - charge.amount_refunded;
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  }
  const amount = params.amount ?? left;
  if (amount < 1) {
    throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  }
  if (amount > left) {
    throw invalidRequest(
      `Refund amount (${displayed(amount, charge.currency)}) is greater than unrefunded amount on charge ` +
        `(${displayed(left, charge.currency)})`,
      { param: "amount" },
    );
  }
  const ending = endingOf(account, charge);
  const ends_after_ms = account.options.refunds_end_after_ms ?? REFUNDS_END_AFTER_MS;
  const refund = newRefund(account, charge, {
    amount,
    reason: params.reason ?? null,
    status: ending === "succeeds_later" ? "pending" : "succeeded",
    metadata: params.metadata,
  });
  refund.balance_transaction = bookRefund(account, refund, false);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  account.note(idOf(charge.payment_intent) ?? "", "refund", amount);
  account.emit("charge.refunded", charge);
  account.emit("refund.created", refund);
  if (ending === "fails_later") {
    account.clock.after(ends_after_ms, () => failRefund(account, refund.id));
  } else if (ending === "succeeds_later") {
    account.clock.after(ends_after_ms, () => finishRefund(account, refund));
  }
  return refund;
}

/** The payer's bank sends a refund back. Does nothing to one that has failed already. @throws StripeRefusal 404 */
export function failRefund(account: Account, id: string, failure_reason = "expired_or_canceled_card"): void {
  const refund = found(account.refunds, "refund", id);
  if (refund.status === "failed") {
    return;
  }
  refund.status = "failed";
  refund.failure_reason = failure_reason;
  refund.failure_balance_transaction = bookRefund(account, refund, true);
  const charge = account.charges.get(idOf(refund.charge) ?? "");
  if (charge) {
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    account.note(idOf(charge.payment_intent) ?? "", "refund_failed", refund.amount);
  }
  account.emit("refund.updated", refund);
  account.emit("charge.refund.updated", refund);
  account.emit("refund.failed", refund);
}

export function updateRefund(
  account: Account,
  id: string,
  { metadata }: Stripe.RefundUpdateParams,
): Stripe.Refund {
  const refund = found(account.refunds, "refund", id);
  refund.metadata = mergedMetadata(refund.metadata, metadata);
  account.emit("refund.updated", refund);
  account.emit("charge.refund.updated", refund);
  return refund;
}

function finishRefund(account: Account, refund: Stripe.Refund): void {
  if (refund.status === "pending") {
    refund.status = "succeeded";
    account.emit("refund.updated", refund);
    account.emit("charge.refund.updated", refund);
  }
}

function chargeToRefund(account: Account, params: Stripe.RefundCreateParams): Stripe.Charge {
  if (params.charge !== undefined) {
    return capturedOr(account.charge(params.charge), params.charge);
  }
  if (params.payment_intent === undefined) {
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
      {
        code: "parameter_missing",
      },
    );
  }
  const { object: intent } = account.paymentIntent(params.payment_intent, "payment_intent");
  return capturedOr(account.charges.get(idOf(intent.latest_charge) ?? ""), intent.id);
}

function capturedOr(charge: Stripe.Charge | undefined, id: string): Stripe.Charge {
  if (charge?.status !== "succeeded" || charge.amount_captured === 0) {
    throw invalidRequest(`This PaymentIntent (${id}) does not have a successful charge to refund.`);
  }
  return charge;
}

function endingOf(account: Account, charge: Stripe.Charge): "fails_later" | "succeeds_later" | undefined {
  const method = account.payment_methods.get(charge.payment_method ?? "");
  return method?.object.type === "sepa_debit" ? "succeeds_later" : method?.card?.refund;
}
