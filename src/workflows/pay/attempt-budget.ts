import { sameMoney, type AttemptRecord, type Money } from "../../gateway";
import { reachedDecision } from "../../services";
import { PaymentProblem } from "../payment-problem";

/** How many attempts a cart may make in all, in multiples of the tries it may make. */
const REPRICINGS_PER_TRY = 5;

/**
 * The attempts that count as tries to pay the cart: those at its present total and those that were refused. Where a
 * provider could not be asked nothing was tried.
 */
export function triesOf(attempts: readonly AttemptRecord[], total: Money): readonly AttemptRecord[] {
  return attempts.filter(
    (attempt) => reachedDecision(attempt) && (attempt.decline !== null || sameMoney(attempt.amount, total)),
  );
}

/**
 * Throws `PaymentProblem` when the cart has made as many tries as it may. Attempts that are no tries count less, but
 * not for nothing, or a total changed to and fro would make the budget endless.
 */
export function assertWithinBudget(attempts: readonly AttemptRecord[], total: Money, budget: number): void {
  if (triesOf(attempts, total).length >= budget || attempts.length >= budget * REPRICINGS_PER_TRY) {
    throw new PaymentProblem("attempts_used_up");
  }
}
