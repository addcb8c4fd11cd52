import type { MedusaContainer } from "@medusajs/framework/types";
import { moneyToDecimal } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { findPaymentWithActions } from "./payment-actions";

/** What operators do by Medusa's own routes. */
export type AuditedMove = "capture" | "refund";

/** How much of a payment was captured or refunded at some moment. */
export type MovedSoFar = Readonly<{
  attempt_id: string;
  payment_id: string;
  captured: string;
  refunded: string;
  currency: string;
}>;

/** What Medusa has on record of a payment; undefined for one of other plugins. */
export async function readMoved(
  container: MedusaContainer,
  payment_id: string,
): Promise<MovedSoFar | undefined> {
  const found = await findPaymentWithActions(container, payment_id);
  return (
    found && {
      attempt_id: found.attempt.id,
      payment_id,
      captured: moneyToDecimal(found.captured),
      refunded: moneyToDecimal(found.refunded),
      currency: found.captured.currency,
    }
  );
}

/** Writes to the log of changes what a capture or a refund of Medusa's has changed. */
export async function auditMove(
  container: MedusaContainer,
  { actor_id, move, before }: Readonly<{ actor_id: string; move: AuditedMove; before: MovedSoFar }>,
): Promise<void> {
  const { attempt_id, payment_id, currency } = before;
  const after = await readMoved(container, payment_id);
  const total = move === "capture" ? "captured" : "refunded";
  await tenderModule(container).changes.add({
    actor_id,
    action: `payment.${move}`,
    subject: attempt_id,
    before: { payment_id, currency, [total]: before[total] },
    after: { currency, [total]: after?.[total] },
  });
}
