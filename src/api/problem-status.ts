import type { PaymentProblemCode } from "../services";
import type { TooManyTries } from "../workflows/limits/too-many-tries";

/** The HTTP status and Medusa's error type of each problem; the OpenAPI document lists them from here. */
export const STATUS_OF_PROBLEM: Readonly<
  Record<PaymentProblemCode | TooManyTries["code"], { status: number; type: string }>
> = {
  cart_completed: { status: 409, type: "conflict" },
  nothing_to_pay: { status: 409, type: "conflict" },
  cart_total_changed: { status: 409, type: "conflict" },
  payment_in_progress: { status: 409, type: "conflict" },
  payment_unknown: { status: 409, type: "conflict" },
  attempt_closed: { status: 409, type: "conflict" },
  order_not_placed: { status: 409, type: "conflict" },
  cart_incomplete: { status: 409, type: "conflict" },
  item_unavailable: { status: 409, type: "conflict" },
  idempotency_mismatch: { status: 409, type: "conflict" },
  attempts_used_up: { status: 429, type: "too_many_requests" },
  too_many_tries: { status: 429, type: "too_many_requests" },
  method_unavailable: { status: 503, type: "unavailable" },
};
