import type { MedusaContainer } from "@medusajs/framework/types";
import { moneyToDecimal, showMoney, type AttemptRecord } from "../../gateway";
import { isInFlight, type RecordedMove } from "../../gateway/moves";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { uncreditedRefunds } from "../medusa/refund-credit";

/** Tells the operator once of each refund that the order still asks its payer for, and closes what was put right. */
export async function watchRefundCredit(
  container: MedusaContainer,
  attempt: AttemptRecord,
  refunds: readonly RecordedMove[],
): Promise<void> {
  const tender = tenderModule(container);
  const over = refunds.filter((row) => !isInFlight(row));
  const lacking = await withoutCredit(container, attempt, over);
  for (const row of over) {
    if (!lacking.includes(row)) {
      await tender.closeFinding(
        "ledger_difference",
        row.id,
        "The order does not ask for the refunded money.",
      );
    } else if (!(await tender.findings.isKnown("ledger_difference", row.id))) {
      await tender.openFinding({
        kind: "ledger_difference",
        subject: row.id,
        attempt_id: attempt.id,
        provider_id: attempt.provider_id,
        detail: `${showMoney(row.amount)} were refunded, and the order still asks its payer for them. If they are not owed, lower the order by that.`,
      });
    }
  }
}

/** True while the order still asks its payer for the money of this refund. */
export async function lacksRefundCredit(
  container: MedusaContainer,
  attempt: AttemptRecord,
  refund_id: string,
): Promise<boolean> {
  const gateway = findGateway(container, attempt.provider_id);
  const refunds = (await gateway?.money.recordedMoves("refund", attempt)) ?? [];
  return (await withoutCredit(container, attempt, refunds)).some(({ id }) => id === refund_id);
}

async function withoutCredit(
  container: MedusaContainer,
  { order_id }: AttemptRecord,
  refunds: readonly RecordedMove[],
): Promise<readonly RecordedMove[]> {
  if (!order_id) {
    return [];
  }
  const counted = refunds.map(({ id, amount, created_at }) => ({
    id,
    created_at,
    amount: moneyToDecimal(amount),
  }));
  const lacking = new Set((await uncreditedRefunds(container, order_id, counted)).map(({ id }) => id));
  return refunds.filter(({ id }) => lacking.has(id));
}
