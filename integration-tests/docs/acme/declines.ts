import type { Decline, DeclineCategory } from "../../../src/gateway";

/** Source: Acme docs, "Refusals". A code without a row is `unclassified`, which is never retried by itself. */
const CATEGORY_OF_CODE: ReadonlyMap<string, DeclineCategory> = new Map([
  ["no_funds", "funds_limit"],
  ["wrong_cvc", "fix_data"],
  ["stolen", "never"],
]);

export function declineOf(code: string): Decline {
  return { category: CATEGORY_OF_CODE.get(code) ?? "unclassified", code };
}
