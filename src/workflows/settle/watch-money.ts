import type { MedusaContainer } from "@medusajs/framework/types";
import {
  showMoney,
  type AttemptRecord,
  type Dispute,
  type GatewayPaymentProvider,
  type PaymentSnapshot,
} from "../../gateway";
import { succeededSum } from "../../gateway/moves";
import { tenderModule } from "../medusa/load-cart";
import type { BegunMoves } from "./begun-moves";
import { watchNotices } from "./watch-notices";
import { watchCoverage } from "./watch-coverage";

/**
 * Tells the operator what the gateway's news mean for money: of an order that it is gone or about to lapse, of any
 * payment that it is contested or a refund came back. Findings that no longer hold are closed.
 *
 * @param begun nothing that was begun since is in the snapshot
 */
export async function watchMoney(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
  begun: BegunMoves,
): Promise<void> {
  if (attempt.order_id) {
    await watchCoverage(container, gateway, attempt, snapshot);
    await watchExpiry(container, attempt);
  }
  await watchRefunds(container, gateway, attempt, snapshot, begun);
  for (const dispute of snapshot.disputes ?? []) {
    await watchDispute(container, attempt, dispute);
  }
  if (gateway.gateway.notices) {
    await watchNotices(container, attempt, snapshot.notices ?? []);
  }
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
      detail: `The authorization of ${showMoney(attempt.amount)} lapses on ${lapses_at.toISOString()}. Capture it before.`,
    });
  }
}

async function watchRefunds(
  container: MedusaContainer,
  { gateway }: GatewayPaymentProvider,
  attempt: AttemptRecord,
  { refunded }: PaymentSnapshot,
  begun: BegunMoves,
): Promise<void> {
  const tender = tenderModule(container);
  const refunds = await tender.listOperations(attempt.id, ["refund"]);
  const made = succeededSum(
    refunds.filter((refund) => begun.has(refund)),
    refunded.currency,
  );
  const subject = `${attempt.id}:${refunded.amount_minor}`;
  if (gateway.notices && made.amount_minor <= refunded.amount_minor) {
    // A network that takes refunds back makes them again, too.
    await tender.findings.closeOthers(attempt.id, ["refund_failed"], [], "The refund was made after all.");
  }
  if (
    made.amount_minor > refunded.amount_minor &&
    !(await tender.findings.isKnown("refund_failed", subject))
  ) {
    await tender.openFinding({
      kind: "refund_failed",
      subject,
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail:
        `Refunds of ${showMoney(made)} were made, but the gateway reports ${showMoney(refunded)} as refunded. Refund the ` +
        "difference in the gateway's dashboard: Medusa counts it as refunded already, and then it is.",
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
      detail: `The payer contests ${showMoney(amount)}${reason ? ` (${reason.slice(0, 60)})` : ""}.${until}`,
    });
  }
  if (status !== "open") {
    await tender.closeFinding("dispute", id, DISPUTE_ENDED[status]);
  }
}
