import type { LimitScope } from "../services";
import { PaymentProblem } from "./payment-problem";

/** A limit on refused payments is reached: nobody was asked, and nothing of the cart changed. */
export class TooManyTries extends PaymentProblem {
  constructor(
    readonly scope: LimitScope,
    readonly retry_after_ms: number,
  ) {
    super("too_many_tries", `Too many refused payments of this ${scope}. Nothing was charged.`);
  }
}
