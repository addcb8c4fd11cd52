import type { MedusaContainer } from "@medusajs/framework/types";
import { moneyFromDecimal, moneyToDecimal } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { auditBegun, listManualRefunds, type ManualRefundAt } from "./manual-refunds";
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
  /** Refunds that people carry out; undefined where the gateway gives back by itself. */
  by_hand: readonly ManualRefundAt[] | undefined;
}>;

/** A capture or refund that somebody asked for, and what was on record before. */
export type AskedMove = Readonly<{
  actor_id: string;
  move: AuditedMove;
  /** Decimal; undefined for all that is left. */
  amount: number | undefined;
  before: MovedSoFar;
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
      by_hand: found.refunds_by_hand ? await listManualRefunds(container, found.attempt.id) : undefined,
    }
  );
}

/** Writes to the log of changes what a capture or a refund of Medusa's has changed; nothing where nothing differs. */
export async function auditMove(
  container: MedusaContainer,
  { actor_id, move, amount, before }: AskedMove,
): Promise<void> {
  const { attempt_id, payment_id, currency } = before;
  const after = await readMoved(container, payment_id);
  const total = move === "capture" ? "captured" : "refunded";
  if (after?.[total] === before[total]) {
    return;
  }
  // Totals alone do not tell two apart that were made at once.
  const asked = amount === undefined ? {} : { amount: moneyToDecimal(moneyFromDecimal(amount, currency)) };
  await tenderModule(container).changes.add({
    actor_id,
    action: `payment.${move}`,
    subject: attempt_id,
    before: { payment_id, currency, [total]: before[total] },
    after: { currency, [total]: after?.[total], ...asked },
  });
}

/**
 * Writes to the log of changes which refunds by hand a refund of Medusa's has begun. It answers them with an error, since
 * nothing is given back yet; once it is, nobody is there any more whose doing it was.
 */
export async function auditBegunByHand(
  container: MedusaContainer,
  { actor_id, before }: Pick<AskedMove, "actor_id" | "before">,
): Promise<void> {
  const known = (before.by_hand ?? []).map(({ refund }) => refund.id);
  const after = await listManualRefunds(container, before.attempt_id);
  for (const { refund } of after.filter((one) => !known.includes(one.refund.id))) {
    await auditBegun(container, actor_id, refund);
  }
}
