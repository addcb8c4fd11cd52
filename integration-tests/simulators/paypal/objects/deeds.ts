import type { Account } from "../account";
import type { MinorUnits } from "../money";
import type { Deed, DeedKind, OrderRecord } from "../records";

/** What is known of a deed besides who asked for it. */
type Told = Partial<Pick<Deed, "custom_id" | "request_id">>;

/**
 * Notes for the ledger what was done with an order's money, and by which request.
 * @param told the request of one that another deed had begun
 */
export function noteDeed(
  account: Account,
  order: OrderRecord,
  kind: DeedKind,
  amount: MinorUnits,
  resource_id: string,
  told: Told = {},
): void {
  order.deeds.push({
    kind,
    operation: account.request?.operation ?? `dashboard.${kind}`,
    request_id: account.request?.request_id ?? null,
    at_ms: account.clock.now(),
    amount,
    resource_id,
    custom_id: null,
    ...told,
  });
  account.noteChange(order.id);
}
