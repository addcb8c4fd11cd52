import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { assertSessionsMatchTotal } from "../workflows/assert-sessions-match-total";
import { answeringProblems } from "./answer";

/**
 * Before Medusa's own completion: it does not compare the session's amount with the cart's total when the cart
 * was changed outside its workflows, and would place an order of 1000 for 100.
 */
export async function guardCompletion(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  await answeringProblems(req, res, async () => {
    await assertSessionsMatchTotal(req.scope, req.params.id ?? "");
    next();
  }).catch(next);
}
