import type { MedusaContainer } from "@medusajs/framework/types";
import {
  moneyToDecimal,
  type AttemptRecord,
  type Dispute,
  type Money,
  type PaymentSnapshot,
} from "../gateway";
import { succeededSum } from "../gateway/moves";
import { tenderModule } from "./load-cart";
import { cancelPaymentRecord } from "./payment-record";

/**
 * Tells the operator what the gateway's news mean for money that has an order: it is gone, about to lapse, contested,
 * or a refund came back. Findings that no longer hold are closed.
 */
export async function watchMoney(
  container: MedusaContainer,
  former: AttemptRecord,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
): Promise<void> {
  if (attempt.order_id) {
    await watchCoverage(container, former, attempt);
    await watchExpiry(container, attempt);
    await watchRefunds(container, attempt, snapshot);
  }
  for (const dispute of snapshot.disputes ?? []) {
    await watchDispute(container, attempt, dispute);
  }
}

/** A payment canceled by the gateway, not by us: Medusa's record of it is canceled too, and the order stands unpaid. */
async function watchCoverage(
  container: MedusaContainer,
  former: AttemptRecord,
  attempt: AttemptRecord,
): Promise<void> {
  const tender = tenderModule(container);
  const lost_now = former.status === "authorized" && attempt.status === "canceled";
  if (!lost_now || (await tender.listOperations(attempt.id, ["cancel"])).length > 0) {
    return;
  }
  await tender.openFinding({
    kind: "order_not_covered",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: `The gateway no longer holds ${show(attempt.amount)}: it was canceled there, or it lapsed. The order is unpaid.`,
  });
  await cancelPaymentRecord(container, attempt);
}

async function watchExpiry(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  const { authorization_expires_at: lapses_at } = attempt;
  if (attempt.status !== "authorized" || !lapses_at) {
    return tender.closeFinding("authorization_expiring", attempt.id, "It is captured, or no longer held.");
  }
  if (lapses_at.getTime() - Date.now() <= tender.options.expiry_warning_ms) {
    await tender.openFinding({
      kind: "authorization_expiring",
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `The authorization of ${show(attempt.amount)} lapses on ${lapses_at.toISOString()}. Capture it before.`,
    });
  }
}

async function watchRefunds(
  container: MedusaContainer,
  attempt: AttemptRecord,
  { refunded }: PaymentSnapshot,
): Promise<void> {
  const tender = tenderModule(container);
  const made = succeededSum(await tender.listOperations(attempt.id, ["refund"]), refunded.currency);
  const subject = `${attempt.id}:${refunded.amount_minor}`;
  if (
    made.amount_minor > refunded.amount_minor &&
    !(await tender.findings.isKnown("refund_failed", subject))
  ) {
    await tender.openFinding({
      kind: "refund_failed",
      subject,
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `Refunds of ${show(made)} were made, but the gateway reports ${show(refunded)} as refunded.`,
    });
  }
}

const DISPUTE_ENDED: Readonly<Record<Exclude<Dispute["status"], "open">, string>> = {
  won: "The dispute was won: the store keeps the money.",
  lost: "The dispute was lost: the payer has the money back.",
};

async function watchDispute(
  container: MedusaContainer,
  attempt: AttemptRecord,
  { id, amount, status, reason, respond_by }: Dispute,
): Promise<void> {
  const tender = tenderModule(container);
  if (status === "open" || !(await tender.findings.isKnown("dispute", id))) {
    const until = respond_by ? ` Answer it at the gateway until ${respond_by.toISOString()}.` : "";
    await tender.openFinding({
      kind: "dispute",
      subject: id,
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `The payer contests ${show(amount)}${reason ? ` (${reason.slice(0, 60)})` : ""}.${until}`,
    });
  }
  if (status !== "open") {
    await tender.closeFinding("dispute", id, DISPUTE_ENDED[status]);
  }
}

function show(amount: Money): string {
  return `${moneyToDecimal(amount)} ${amount.currency}`;
}
