import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { clearCollection } from "../workflows/pay/clear-collection";
import { answeringProblems } from "./answer";

/**
 * Before Medusa's own session route: it lets anybody with the publishable key replace the session of a cart that has
 * its order, which takes the order's payment apart, or of one whose payment may still be approved, which makes two
 * live payments. What came with another way to pay does not stay for this one, and the operator's rules hold here too.
 */
export async function guardPaidCollection(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  await answeringProblems(req, res, async () => {
    const { provider_id, data } = Object(req.body) as { provider_id?: unknown; data?: unknown };
    const { method } = Object(data) as { method?: unknown };
    await clearCollection(
      req.scope,
      req.params.id ?? "",
      typeof provider_id === "string"
        ? { provider_id, ...(typeof method === "string" && { method }) }
        : undefined,
    );
    next();
  }).catch(next);
}
