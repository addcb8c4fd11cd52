import { hasPermission } from "@medusajs/framework";
import type { AuthenticatedMedusaRequest, MedusaRequest } from "@medusajs/framework/http";
import { moneyToDecimal } from "../gateway";
import type { ManualRefundAt } from "../workflows/operate/manual-refunds";
import type { AdminManualRefund } from "./admin-contract";
import { MAY_REFUND } from "./admin-policies";
import { backendUrlOf } from "./backend-url";
import { refundPath } from "./tender/refunds/keep-token";

/**
 * Refunds that people carry out, as the Admin API shows them. Whoever opens the payee's link says where the money goes, so
 * that it is shown to operators alone who may refund.
 */
export async function adminManualRefundViews(
  req: AuthenticatedMedusaRequest,
  refunds: readonly ManualRefundAt[],
): Promise<AdminManualRefund[]> {
  const shows_link = await mayRefund(req);
  return refunds.map((one) => {
    const view = adminManualRefundView(req, one);
    return shows_link ? view : { ...view, payee_url: null };
  });
}

function mayRefund({ auth_context, scope: container }: AuthenticatedMedusaRequest): Promise<boolean> {
  const { roles } = (auth_context.app_metadata ?? {}) as Readonly<{ roles?: string[] }>;
  return hasPermission({ roles: roles ?? [], actions: MAY_REFUND, container });
}

/** One for an operator who may refund: with the link to give to the payee. */
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
