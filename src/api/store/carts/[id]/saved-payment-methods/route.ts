import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listSavedMethods } from "../../../../../workflows/pay/saved-methods";
import { answeringProblems, customerIn } from "../../../../answer";
import type { ErrorResult, SavedMethodsResult } from "../../../../store-contract";
import { savedMethodView } from "../../../../views";

/** What the logged-in customer has saved at the providers this cart can be paid through; nothing for guests. */
export const GET = (
  req: MedusaRequest,
  res: MedusaResponse<SavedMethodsResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const cart_id = req.params.id ?? "";
    const saved = await listSavedMethods(req.scope, { cart_id, customer_id: customerIn(req) });
    res.json({ saved_payment_methods: saved.map(savedMethodView) });
  });
