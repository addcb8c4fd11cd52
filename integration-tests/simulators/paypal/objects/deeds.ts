import type { Account } from "../account";
import type { MinorUnits } from "../money";
import type { OrderRecord } from "../records";

/** Notes for the ledger what was done with an order's money, and by which request. */
export function noteDeed(
  account: Account,
  order: OrderRecord,
  verb: string,
  amount: MinorUnits,
  resource_id: string,
): void {
  order.deeds.push({
    operation: account.request?.operation ?? `dashboard.${verb}`,
    request_id: account.request?.request_id ?? null,
    at_ms: account.clock.now(),
    amount,
    resource_id,
  });
}
