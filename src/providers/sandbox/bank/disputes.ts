import { randomUUID } from "node:crypto";
import { disputedMinor, move, type Moved } from "./moves";
import { DISPUTE_RESPONSE_MS, type BankDispute, type BankPayment, type DisputeReason } from "./records";
import { Refusal, invalid } from "./refusal";

/** What of a payment can be disputed: taken, not given back, and not disputed before. In minor units. */
export function disputable(payment: BankPayment): bigint {
  return payment.captured_minor - payment.refunded_minor - disputedMinor(payment);
}

/**
 * The shopper contests what was taken.
 * @throws Refusal 409 `amount_exceeds_captured` over what is {@link disputable}
 */
export function openDispute(
  payment: BankPayment,
  { amount_minor, reason }: Readonly<{ amount_minor: bigint; reason: DisputeReason }>,
  now: number,
): Moved {
  if (amount_minor <= 0n || amount_minor > disputable(payment)) {
    throw new Refusal(
      409,
      "amount_exceeds_captured",
      "Only what was captured and not refunded can be disputed, and only once.",
    );
  }
  const id = `sbx_dp_${randomUUID()}`;
  const opened: BankDispute = {
    id,
    amount_minor,
    reason,
    status: "open",
    respond_by: now + DISPUTE_RESPONSE_MS,
  };
  const next = { status: payment.status, disputes: [...payment.disputes, opened] };
  return {
    payment: move(payment, "dispute", next),
    acts: [{ kind: "dispute", amount_minor }],
    events: ["payment.disputed"],
  };
}

/**
 * Decides a dispute. What was taken and refunded stays as it is; a lost dispute alone tells that its amount has
 * gone back to the payer.
 *
 * @param dispute_id the open one when left out
 * @throws Refusal 404 for an unknown one, 409 for one that is decided already, 400 when several are open
 */
export function closeDispute(
  payment: BankPayment,
  dispute_id: string | undefined,
  status: "won" | "lost",
): Moved {
  const dispute = openDisputeOf(payment, dispute_id);
  if (status === "lost" && dispute.amount_minor > payment.captured_minor - payment.refunded_minor) {
    throw new Refusal(409, "wrong_state", "What is disputed was refunded already and cannot be lost too.");
  }
  const disputes = payment.disputes.map((known) => (known === dispute ? { ...known, status } : known));
  return {
    payment: move(payment, "close_dispute", { status: payment.status, disputes }),
    acts: [{ kind: `dispute_${status}`, amount_minor: dispute.amount_minor }],
    events: ["payment.dispute_closed"],
  };
}

function openDisputeOf({ disputes }: BankPayment, dispute_id: string | undefined): BankDispute {
  const open = disputes.filter(({ status }) => status === "open");
  if (dispute_id === undefined && open.length > 1) {
    throw invalid('Several disputes are open: say which with "dispute_id".');
  }
  const found = dispute_id === undefined ? open[0] : disputes.find(({ id }) => id === dispute_id);
  if (!found) {
    throw new Refusal(404, "dispute_unknown", "The payment has no such open dispute.");
  }
  if (found.status !== "open") {
    throw new Refusal(409, "wrong_state", `The dispute is ${found.status} already.`);
  }
  return found;
}
