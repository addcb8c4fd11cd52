import type { AttemptRecord } from "../gateway";

/** Why a request about a payment cannot be carried out as asked, though nothing is broken. */
export type PaymentProblemCode =
  /** The cart has its order already. */
  | "cart_completed"
  /** The total is not what the attempt was made for; `attempt` is the fresh one. */
  | "cart_total_changed"
  /** Another request is paying the cart at this moment. */
  | "payment_in_progress"
  /** An earlier attempt may have moved money; it is being looked into. */
  | "payment_unknown"
  /** The attempt can no longer be used. */
  | "attempt_closed"
  /** An Idempotency-Key came again with another request. */
  | "idempotency_mismatch"
  /** The cart made as many attempts as it may. */
  | "attempts_used_up"
  /** Too many payments of this cart, customer or address were refused in a short time. */
  | "too_many_tries"
  /** No provider of the method can be reached. */
  | "method_unavailable"
  /** The payment was approved, but Medusa could not place the order; the money was returned. */
  | "order_not_placed";

/** Thrown by the workflows, answered by the API with the code's HTTP status. The message is for the shopper. */
export class PaymentProblem extends Error {
  override readonly name = "PaymentProblem";
  constructor(
    readonly code: PaymentProblemCode,
    message: string,
    readonly attempt?: AttemptRecord,
  ) {
    super(message);
  }
}
