import { Refusal } from "./refusal";
import type { BankDispute, BankPayment, EventType, OperationKind, Status } from "./records";

const UNPAID: readonly Status[] = ["requires_confirmation", "action_required", "pending"];

/** Every legal move of a payment. What is not in this table is refused with 409. */
export const MOVES = {
  reprice: { from: ["requires_confirmation", "action_required"], to: ["requires_confirmation"] },
  challenge: { from: ["requires_confirmation", "action_required"], to: ["action_required"] },
  wait: { from: ["action_required"], to: ["pending"] },
  authorize: { from: UNPAID, to: ["authorized", "captured"] },
  decline: { from: UNPAID, to: ["requires_confirmation"] },
  capture: { from: ["authorized"], to: ["authorized", "captured"] },
  refund: { from: ["authorized", "captured"], to: ["authorized", "captured"] },
  fail_refund: { from: ["authorized", "captured", "canceled"], to: ["authorized", "captured", "canceled"] },
  dispute: { from: ["authorized", "captured"], to: ["authorized", "captured"] },
  close_dispute: { from: ["authorized", "captured"], to: ["authorized", "captured"] },
  void: { from: [...UNPAID, "authorized"], to: ["canceled", "captured"] },
} as const satisfies Record<string, { from: readonly Status[]; to: readonly Status[] }>;

export type Move = keyof typeof MOVES;

/** One thing that was done in a move, and the amount it was about. */
export type Act = Readonly<{ kind: OperationKind; amount_minor: bigint }>;

/** A payment after a move, what was done, and the news to send out about it. */
export type Moved = Readonly<{
  payment: BankPayment;
  acts: readonly Act[];
  events: readonly EventType[];
}>;

/**
 * Carries out one move of the table.
 * @throws Refusal 409 `wrong_state` when the payment's status does not allow it
 */
export function move(
  payment: BankPayment,
  name: Move,
  next: Partial<BankPayment> & Readonly<{ status: Status }>,
): BankPayment {
  const { from, to }: { from: readonly Status[]; to: readonly Status[] } = MOVES[name];
  if (!from.includes(payment.status)) {
    throw new Refusal(
      409,
      "wrong_state",
      `A payment that is ${payment.status} does not allow "${name}"; it must be ${from.join(" or ")}.`,
    );
  }
  if (!to.includes(next.status)) {
    throw new Error(`"${name}" must not lead to ${next.status}.`);
  }
  const moved = { ...payment, ...next };
  assertBalanced(moved);
  return moved;
}

/** What is reserved and neither taken nor released yet, in minor units. */
export function uncaptured(payment: BankPayment): bigint {
  return payment.authorized_minor - payment.captured_minor - payment.voided_minor;
}

/** Sum of the disputes of these statuses, in minor units; of all when none is named. */
export function disputedMinor(
  { disputes }: BankPayment,
  ...statuses: readonly BankDispute["status"][]
): bigint {
  return disputes
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .reduce((sum, { amount_minor }) => sum + amount_minor, 0n);
}

/** 0 ≤ refunded + lost ≤ captured ≤ authorized − voided, and one authorization, whatever happened before. */
function assertBalanced(payment: BankPayment): void {
  const { authorized_minor, authorizations, captured_minor, refunded_minor, voided_minor } = payment;
  if (
    refunded_minor < 0n ||
    refunded_minor + disputedMinor(payment, "lost") > captured_minor ||
    captured_minor + voided_minor > authorized_minor ||
    authorizations > 1
  ) {
    throw new Error(`The books of payment ${payment.reference} do not balance.`);
  }
}
