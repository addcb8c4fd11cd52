import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import {
  holdsMoney,
  keptNow,
  reservedNow,
  showMoney,
  type AttemptRecord,
  type GatewayPaymentProvider,
  type PaymentSnapshot,
} from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

/**
 * What becomes of money whose order is canceled. Medusa refunds what it knows to be captured, and cancels only payments
 * without captures: what is still reserved beside a partial capture is voided here, and what stays captured is a finding.
 */
export async function settleCanceledOrder(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
): Promise<void> {
  const kept = keptNow(snapshot);
  const reserved = reservedNow(snapshot);
  const tender = tenderModule(container);
  if (!holdsMoney(snapshot)) {
    return tender.closeFinding(
      "money_without_order",
      attempt.id,
      "The gateway holds nothing of it any more.",
    );
  }
  if (!(await isOrderCanceled(container, attempt))) {
    return;
  }
  if (reserved.amount_minor > 0n && !(await gateway.money.voidUncaptured(attempt))) {
    await tender.queue.hasten(attempt.id, SOON_MS);
  }
  if (kept.amount_minor > 0n) {
    await tender.openFinding({
      kind: "money_without_order",
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `The order is canceled, but the gateway keeps ${showMoney(kept)} of it. Refund it there or here.`,
    });
  }
}

/** Somebody else is working on the payment: looked at again after this long. */
const SOON_MS = 60_000;

/** True when the order the attempt paid was canceled in Medusa. */
export async function isOrderCanceled(
  container: MedusaContainer,
  { order_id }: Pick<AttemptRecord, "order_id">,
): Promise<boolean> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "order",
    fields: ["id", "status"],
    filters: { id: order_id },
  });
  return data[0]?.status === "canceled";
}
