import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import type { SessionWish } from "../workflows/pay/assert-offered";
import { assertSessionPrice, clearCollection } from "../workflows/pay/clear-collection";
import { answeringProblems } from "./answer";
import { whenSucceeded } from "./before-answer";

/**
 * Around Medusa's own session route: it lets anybody with the publishable key replace the session of a cart that has
 * its order, which takes the order's payment apart, or of one whose payment may still be approved, which makes two
 * live payments. What came with another way to pay does not stay for this one, and the operator's rules hold here too.
 */
export async function guardPaidCollection(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  const id = req.params.id ?? "";
  await answeringProblems(req, res, async () => {
    const session = wishIn(req.body);
    await clearCollection(req.scope, id, session);
    if (session) {
      whenSucceeded(res, next, () =>
        answeringProblems(req, res, () => assertSessionPrice(req.scope, id, session)),
      );
    }
    next();
  }).catch(next);
}

/** Undefined for what Medusa refuses. */
function wishIn(body: unknown): SessionWish | undefined {
  const { provider_id, data } = Object(body) as { provider_id?: unknown; data?: unknown };
  const { method } = Object(data) as { method?: unknown };
  return typeof provider_id === "string"
    ? { provider_id, ...(typeof method === "string" && { method }) }
    : undefined;
}
