import type Stripe from "stripe";
import type { Account } from "../account";
import { newId } from "../ids";
import { mergedMetadata } from "../metadata";

type Given = Readonly<{
  amount: number;
  reason: Stripe.Refund["reason"];
  status: "pending" | "succeeded";
  metadata?: Stripe.MetadataParam | "" | null;
}>;

/** Writes a refund down; what it does to the charge is its maker's business. */
export function newRefund(
  account: Account,
  charge: Stripe.Charge,
  { amount, reason, status, metadata }: Given,
): Stripe.Refund {
  const type = charge.payment_method_details?.type ?? "card";
  const refund: Stripe.Refund = {
    id: newId(charge.id.startsWith("py_") ? "pyr" : "re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: account.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details:
      type === "card"
        ? {
            type,
            card: {
              type: "refund",
              reference_status: "pending",
              reference_type: "acquirer_reference_number",
            },
          }
        : { type },
    metadata: mergedMetadata(null, metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
  account.refunds.set(refund.id, refund);
  return refund;
}
