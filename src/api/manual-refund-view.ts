import type { MedusaRequest } from "@medusajs/framework/http";
import { moneyToDecimal } from "../gateway";
import type { ManualRefundAt } from "../workflows/operate/manual-refunds";
import type { AdminManualRefund } from "./admin-contract";
import { backendUrlOf } from "./backend-url";
import { refundPath } from "./tender/refunds/keep-token";

/** A refund that people carry out, as the Admin API shows it: with the link that the operator gives the payee. */
export function adminManualRefundView(
  req: MedusaRequest,
  { provider_id, attempt_id, order_id, refund }: ManualRefundAt,
): AdminManualRefund {
  const { id, amount, shown, less_fee, status, destination, takes_destination, note, payee_token } = refund;
  return {
    id,
    provider_id,
    payment_attempt_id: attempt_id,
    order_id,
    amount: amount && Number(moneyToDecimal(amount)),
    currency_code: amount && amount.currency.toLowerCase(),
    shown,
    less_fee,
    status,
    destination,
    takes_destination,
    note,
    payee_url: `${backendUrlOf(req)}${refundPath(payee_token)}`,
  };
}
