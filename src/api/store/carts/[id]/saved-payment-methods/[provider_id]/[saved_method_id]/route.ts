import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { removeSavedMethod } from "../../../../../../../workflows/pay/saved-methods";
import { answeringProblems } from "../../../../../../answer";
import type { ErrorResult, RemovedSavedMethodResult } from "../../../../../../store-contract";

/** Has the provider forget one of the customer's saved methods. */
export const DELETE = (
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<RemovedSavedMethodResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const { provider_id = "", saved_method_id = "" } = req.params;
    await removeSavedMethod(req.scope, {
      customer_id: req.auth_context.actor_id,
      provider_id,
      saved_method_id,
    });
    res.json({ id: saved_method_id, object: "saved_payment_method", deleted: true });
  });
