import type { AttemptRecord } from "../gateway";
import type { PaymentProblemCode } from "../services";

export type { PaymentProblemCode } from "../services";

/**
 * Thrown by the workflows; the API answers it with the HTTP status and the shopper's text of its code. `attempt` is the
 * one that stands in the way, or the fresh one with `cart_total_changed`.
 */
export class PaymentProblem extends Error {
  override readonly name = "PaymentProblem";
  constructor(
    readonly code: PaymentProblemCode,
    readonly attempt?: AttemptRecord,
  ) {
    super(code);
  }
}
