import type { LimitScope } from "../../services";

/** A limit on refused payments is reached: nobody was asked, and nothing of the cart changed. */
export class TooManyTries extends Error {
  override readonly name = "TooManyTries";
  readonly code = "too_many_tries";
  constructor(
    readonly scope: LimitScope,
    readonly retry_after_ms: number,
  ) {
    super(`Too many refused payments of this ${scope}. Nothing was charged.`);
  }
}
