import type { MedusaContainer } from "@medusajs/framework/types";
import {
  showMoney,
  subtractMoney,
  type AttemptRecord,
  type GatewayPaymentProvider,
  type PaymentSnapshot,
} from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { cancelPaymentRecord } from "../medusa/payment-record";
import { isOrderCanceled } from "./settle-canceled-order";

/** An order must not go unpaid unnoticed: what the gateway let go of, and not because of us, is a finding. */
export async function watchCoverage(
  container: MedusaContainer,
  gateway: GatewayPaymentProvider,
  attempt: AttemptRecord,
  snapshot: PaymentSnapshot,
): Promise<void> {
  if (attempt.status === "canceled") {
    await watchLostPayment(container, attempt);
  } else if (attempt.status === "captured" && gateway.gateway.capabilities.multiple_capture) {
    await watchReleasedRest(container, attempt, snapshot);
  }
}

/**
 * Canceled at the gateway, or lapsed: Medusa's record of it is canceled too, and the order stands unpaid. Medusa voids
 * the payment of an order before it cancels the order, so that a void of our own is given time.
 */
async function watchLostPayment(container: MedusaContainer, attempt: AttemptRecord): Promise<void> {
  const tender = tenderModule(container);
  if (await isOrderCanceled(container, attempt)) {
    return tender.closeFinding("order_not_covered", attempt.id, "The order is canceled.");
  }
  if (await voidedByUs(container, attempt, CANCELING_MS)) {
    return tender.queue.hasten(attempt.id, CANCELING_MS);
  }
  if (await voidedByOperator(container, attempt)) {
    return;
  }
  if (await tender.findings.isKnown("order_not_covered", attempt.id)) {
    return;
  }
  await tender.openFinding({
    kind: "order_not_covered",
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail: `The gateway no longer holds ${showMoney(attempt.amount)}: it was canceled there, or it lapsed. The order is unpaid.`,
  });
  await cancelPaymentRecord(container, attempt);
}

/** Medusa's cancellation of an order is over by then, or failed. */
const CANCELING_MS = 60_000;

/**
 * A part is captured, and the rest can be captured no more. Not looked at where the gateway captures once only: there
 * it is what the operator's own capture of a part means.
 */
async function watchReleasedRest(
  container: MedusaContainer,
  attempt: AttemptRecord,
  { status, captured }: PaymentSnapshot,
): Promise<void> {
  const tender = tenderModule(container);
  const rest = subtractMoney(attempt.amount, captured);
  const subject = `${attempt.id}:${captured.amount_minor}`;
  if (
    status !== "captured" ||
    rest.amount_minor <= 0n ||
    (await voidedByUs(container, attempt)) ||
    (await tender.findings.isKnown("order_not_covered", subject)) ||
    (await isOrderCanceled(container, attempt))
  ) {
    return;
  }
  await tender.openFinding({
    kind: "order_not_covered",
    subject,
    attempt_id: attempt.id,
    provider_id: attempt.provider_id,
    detail:
      `The gateway captured ${showMoney(captured)} of ${showMoney(attempt.amount)} and no longer holds the other ` +
      `${showMoney(rest)}: it was canceled there, or it lapsed. That part of the order is unpaid.`,
  });
}

/** Voided for an order that stays: whoever did it was told that it is unpaid. */
async function voidedByOperator(container: MedusaContainer, { id }: AttemptRecord): Promise<boolean> {
  const { changes } = await tenderModule(container).changes.list({ subject: id, limit: 100 });
  return changes.some(({ action }) => action === "payment.void");
}

/** Whether a void of ours succeeded, within so long. */
export async function voidedByUs(
  container: MedusaContainer,
  { id }: AttemptRecord,
  within_ms = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const voids = await tenderModule(container).listOperations(id, ["cancel"]);
  return voids.some(
    ({ status, started_at }) => status === "succeeded" && Date.now() - started_at.getTime() < within_ms,
  );
}
