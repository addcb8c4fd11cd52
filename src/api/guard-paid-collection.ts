import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { clearCollection } from "../workflows/pay/clear-collection";
import { answeringProblems } from "./answer";

/**
 * Before Medusa's own session route: it lets anybody with the publishable key replace the session of a cart that has
 * its order, which takes the order's payment apart, or of one whose payment may still be approved, which makes two
 * live payments.
 */
export async function guardPaidCollection(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  await answeringProblems(req, res, async () => {
    await clearCollection(req.scope, req.params.id ?? "");
    next();
  }).catch(next);
}
