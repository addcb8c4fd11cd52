import type { Account } from "../account";
import type { OrderRecord } from "../records";
import { HOUR_MS } from "../time";
import { reversedApproval } from "./views";

/** How long an order waits for its payer, and then for its merchant. */
export const ORDER_LIVES_MS = 3 * HOUR_MS;

/** Gives an order its time, from now on. */
export function expireLater(account: Account, order: OrderRecord): void {
  order.expires_ms = account.clock.now() + ORDER_LIVES_MS;
  account.clock.after(ORDER_LIVES_MS, () => expire(account, order));
}

/** An order nobody completed is gone. The merchant hears of it when the payer had approved. */
function expire(account: Account, order: OrderRecord): void {
  if (order.status === "COMPLETED" || order.expired || account.clock.now() < order.expires_ms) {
    return;
  }
  order.expired = true;
  account.noteChange(order.id);
  if (order.status === "APPROVED") {
    account.emit("CHECKOUT.PAYMENT-APPROVAL.REVERSED", reversedApproval(account, order));
  }
}
