import type { Account } from "../account";
import type { Link, Money } from "../contract/types";
import { found } from "../account";
import { refuse } from "../errors";
import { newId } from "../ids";
import { moneyOf, type MinorUnits } from "../money";
import type { DisputeRecord } from "../records";
import { DAY_MS, timestamp } from "../time";
import { reverseCapture } from "./captures";
import { noteDeed } from "./deeds";
import { link } from "./links";

/** How long a seller has to answer. */
const RESPONSE_DUE_MS = 10 * DAY_MS;

export type DisputeView = Readonly<{
  dispute_id: string;
  create_time: string;
  update_time: string;
  disputed_transactions?: readonly Readonly<Record<string, unknown>>[];
  reason: string;
  status: string;
  dispute_state?: string;
  dispute_amount: Money;
  dispute_outcome?: Readonly<{ outcome_code: string; amount_refunded: Money }>;
  dispute_life_cycle_stage: string;
  dispute_channel: string;
  seller_response_due_date?: string;
  links: readonly Link[];
}>;

/** A payer contests a capture. */
export function openDispute(
  account: Account,
  capture_id: string,
  { reason, amount }: Readonly<{ reason: string; amount?: MinorUnits }>,
): DisputeRecord {
  const capture = account.capture(capture_id);
  if (account.openDisputeOf(capture_id)) {
    throw new Error(`${capture_id} is disputed already.`);
  }
  const now_ms = account.clock.now();
  const dispute: DisputeRecord = {
    id: `PP-R-${newId(3)}-${newId(8)}`,
    capture_id,
    reason,
    currency: capture.currency,
    amount: amount ?? capture.amount - capture.refunded - capture.reversed,
    status: "WAITING_FOR_SELLER_RESPONSE",
    outcome: null,
    created_ms: now_ms,
    updated_ms: now_ms,
  };
  account.disputes.set(dispute.id, dispute);
  const order = account.orders.get(capture.order_id);
  if (order) {
    noteDeed(account, order, "dispute", dispute.amount, capture.id);
  }
  account.emit("CUSTOMER.DISPUTE.CREATED", disputeView(account, dispute));
  return dispute;
}

/** The seller sends evidence; PayPal looks at it. */
export function answerDispute(account: Account, id: string): void {
  const dispute = found(account.disputes, id);
  if (dispute.status !== "WAITING_FOR_SELLER_RESPONSE") {
    throw refuse("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE");
  }
  dispute.status = "UNDER_REVIEW";
  dispute.updated_ms = account.clock.now();
  account.emit("CUSTOMER.DISPUTE.UPDATED", disputeView(account, dispute));
}

/** PayPal decides. When the buyer is right the money goes back. */
export function resolveDispute(account: Account, id: string, outcome: "won" | "lost"): void {
  const dispute = found(account.disputes, id);
  if (dispute.status === "RESOLVED") {
    throw refuse("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE");
  }
  dispute.status = "RESOLVED";
  dispute.outcome = outcome === "won" ? "RESOLVED_SELLER_FAVOUR" : "RESOLVED_BUYER_FAVOUR";
  dispute.updated_ms = account.clock.now();
  if (outcome === "lost") {
    reverseCapture(account, account.capture(dispute.capture_id), dispute.amount);
  }
  account.emit("CUSTOMER.DISPUTE.RESOLVED", disputeView(account, dispute));
}

/** A dispute whole, as `GET /v1/customer/disputes/{id}` shows it. */
export function disputeView(account: Account, dispute: DisputeRecord): DisputeView {
  const capture = account.capture(dispute.capture_id);
  const { dispute_state: _state, ...shared } = disputeSummary(account, dispute);
  return {
    ...shared,
    disputed_transactions: [
      {
        seller_transaction_id: capture.id,
        create_time: timestamp(capture.created_ms),
        transaction_status: capture.status,
        gross_amount: moneyOf(capture.amount, capture.currency),
        ...(capture.custom_id === null ? {} : { custom: capture.custom_id }),
        seller: { email: account.email, merchant_id: account.id },
      },
    ],
    ...(dispute.outcome === null
      ? { seller_response_due_date: timestamp(dispute.created_ms + RESPONSE_DUE_MS) }
      : {
          dispute_outcome: {
            outcome_code: dispute.outcome,
            amount_refunded: moneyOf(
              dispute.outcome === "RESOLVED_BUYER_FAVOUR" ? dispute.amount : 0n,
              dispute.currency,
            ),
          },
        }),
  };
}

const STATES: Readonly<Record<DisputeRecord["status"], string>> = {
  OPEN: "OPEN_INQUIRIES",
  WAITING_FOR_SELLER_RESPONSE: "REQUIRED_ACTION",
  UNDER_REVIEW: "UNDER_PAYPAL_REVIEW",
  RESOLVED: "RESOLVED",
};

/** A dispute as the list of them has it. */
export function disputeSummary(account: Account, dispute: DisputeRecord): DisputeView {
  return {
    dispute_id: dispute.id,
    create_time: timestamp(dispute.created_ms),
    update_time: timestamp(dispute.updated_ms),
    reason: dispute.reason,
    status: dispute.status,
    dispute_state: STATES[dispute.status],
    dispute_amount: moneyOf(dispute.amount, dispute.currency),
    dispute_life_cycle_stage: "CHARGEBACK",
    dispute_channel: "INTERNAL",
    links: [link(account, `/v1/customer/disputes/${dispute.id}`, "self", "GET")],
  };
}
