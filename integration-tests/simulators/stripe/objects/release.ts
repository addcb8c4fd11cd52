import type Stripe from "stripe";
import type { Account, IntentRecord } from "../account";
import { bookRefund } from "./balance";
import { latestCharge } from "./charges";
import { stopAsking } from "./next-action";
import { newRefund } from "./refund-record";

/** Gives back what is reserved and ends the intent. */
export function endIntent(
  account: Account,
  record: IntentRecord,
  reason: NonNullable<Stripe.PaymentIntent["cancellation_reason"]> | null,
): void {
  const { object: intent } = record;
  const charge = latestCharge(account, intent);
  if (intent.status === "requires_capture" && charge) {
    const refund_reason = reason === "automatic" ? "expired_uncaptured_charge" : null;
    releaseRest(account, charge, refund_reason, false);
  }
  stopAsking(record);
  intent.amount_capturable = 0;
  intent.canceled_at = account.clock.seconds();
  intent.cancellation_reason = reason;
  intent.status = "canceled";
  account.note(intent.id, reason === "automatic" ? "expire" : "cancel", intent.amount);
  account.emit("payment_intent.canceled", intent);
}

/**
 * What was reserved and not captured goes back. Stripe keeps it as a refund in the charge, so `amount_refunded` counts
 * it too, after a partial capture as after a cancellation.
 * @param booked true when the charge was booked with it: the refund then has a balance transaction like any other
 */
export function releaseRest(
  account: Account,
  charge: Stripe.Charge,
  reason: Stripe.Refund["reason"],
  booked: boolean,
): void {
  const rest = charge.amount - charge.amount_captured;
  if (rest === 0) {
    return;
  }
  const refund = newRefund(account, charge, { amount: rest, reason, status: "succeeded" });
  account.releases.add(refund.id);
  refund.balance_transaction = booked ? bookRefund(account, refund, false) : null;
  charge.amount_refunded += rest;
  charge.refunded = charge.amount_refunded === charge.amount;
  if (charge.refunded) {
    account.emit("charge.refunded", charge);
  }
}

/** The hold has run out; nothing happens to what was captured or canceled meanwhile. */
export function expireAuthorization(account: Account, record: IntentRecord, charge: Stripe.Charge): void {
  if (record.object.status !== "requires_capture" || record.object.latest_charge !== charge.id) {
    return;
  }
  account.emit("charge.expired", charge);
  endIntent(account, record, "automatic");
}
