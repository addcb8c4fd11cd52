import type Stripe from "stripe";
import { found, type Account, type MethodRecord } from "../account";
import { invalidRequest } from "../errors";
import { idOf, newId } from "../ids";

const RESPONSE_DAYS = 9;

/** The charges of some test cards are disputed as soon as they are taken, unless somebody was quicker. */
export function disputeAtOnce(account: Account, charge: Stripe.Charge, { card }: MethodRecord): void {
  if (card?.dispute !== undefined && !charge.disputed) {
    openDispute(account, charge, { reason: card.dispute });
  }
}

/**
 * The payer contests a charge. The money goes back at once and the charge cannot be refunded any more.
 * @param given `amount` is all that was captured when left out
 * @throws StripeRefusal for a charge that is disputed already, or of which nothing was taken
 */
export function openDispute(
  account: Account,
  charge: Stripe.Charge,
  given: Readonly<{ reason: string; amount?: number }>,
): Stripe.Dispute {
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} is disputed already.`);
  }
  if (charge.amount_captured === 0) {
    throw invalidRequest(`Nothing was taken with charge ${charge.id} that could be disputed.`);
  }
  const created = account.clock.seconds();
  const dispute: Stripe.Dispute = {
    id: newId("du"),
    object: "dispute",
    amount: given.amount ?? charge.amount_captured,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: created + RESPONSE_DAYS * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: given.reason,
    status: "needs_response",
  };
  account.disputes.set(dispute.id, dispute);
  charge.disputed = true;
  account.note(idOf(charge.payment_intent) ?? "", "dispute", dispute.amount);
  account.emit("charge.dispute.created", dispute);
  account.emit("charge.dispute.funds_withdrawn", dispute);
  return dispute;
}

/** @throws StripeRefusal 404 for an unknown one, 400 for one that is decided */
export function closeDispute(account: Account, id: string, status: "won" | "lost"): Stripe.Dispute {
  const dispute = found(account.disputes, "dispute", id);
  if (dispute.status === "won" || dispute.status === "lost") {
    throw invalidRequest(`The dispute is ${dispute.status} already.`);
  }
  dispute.status = status;
  account.note(idOf(dispute.payment_intent) ?? "", `dispute_${status}`, dispute.amount);
  if (status === "won") {
    account.emit("charge.dispute.funds_reinstated", dispute);
  }
  account.emit("charge.dispute.closed", dispute);
  return dispute;
}

/** Evidence is sent in the dashboard: the dispute waits for the bank. */
export function answerDispute(account: Account, id: string): Stripe.Dispute {
  const dispute = found(account.disputes, "dispute", id);
  dispute.status = "under_review";
  dispute.evidence_details.has_evidence = true;
  dispute.evidence_details.submission_count += 1;
  account.emit("charge.dispute.updated", dispute);
  return dispute;
}

const NO_EVIDENCE: Stripe.Dispute["evidence"] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
