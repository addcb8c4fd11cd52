import type { BankRow } from "../system/bank";
import type { Lane } from "../schedule/lane";

/** The bank's payments of the lane's cart, in the order of its attempts. */
export async function paymentsOf(lane: Lane): Promise<readonly BankRow[]> {
  const attempts = await lane.stage.database
    .rows<{ id: string }>("select id from tender_payment_attempt where cart_id = $1 order by created_at", [
      lane.cart_id,
    ])
    // Postgres may be down just now: the schedule plays on.
    .catch(() => []);
  const rows = await lane.stage.bank.ledger();
  return attempts.flatMap(({ id }) => rows.filter(({ metadata }) => metadata.attempt_id === id));
}
