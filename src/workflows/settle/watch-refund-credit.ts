import type { MedusaContainer } from "@medusajs/framework/types";
import { showMoney, type AttemptRecord } from "../../gateway";
import type { RecordedMove } from "../../gateway/moves";
import { tenderModule } from "../medusa/load-cart";
import { uncreditedRefunds } from "../medusa/refund-credit";

/**
 * Tells the operator once of each refund that the order still asks its payer for, and closes what was put right.
 *
 * @param refunds those that Medusa has made and counted, and is not at any more
 */
export async function watchRefundCredit(
  container: MedusaContainer,
  attempt: AttemptRecord,
  refunds: readonly RecordedMove[],
): Promise<void> {
  const { order_id, id: attempt_id, provider_id } = attempt;
  if (!order_id || refunds.length === 0) {
    return;
  }
  const tender = tenderModule(container);
  const lacking = await uncreditedRefunds(container, order_id);
  const credited = refunds.flatMap(({ id }) => (lacking.includes(id) ? [] : [id]));
  await tender.findings.closeAll(
    "ledger_difference",
    credited,
    "The order does not ask for the refunded money.",
  );
  for (const { id, amount } of refunds) {
    if (lacking.includes(id) && !(await tender.findings.isKnown("ledger_difference", id))) {
      await tender.openFinding({
        kind: "ledger_difference",
        subject: id,
        attempt_id,
        provider_id,
        detail: `${showMoney(amount)} were refunded, and the order still asks its payer for them. If they are not owed, lower the order by that.`,
      });
    }
  }
}
