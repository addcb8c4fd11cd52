import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { tenderModule } from "../../../../../../workflows/medusa/load-cart";
import { readAttempt } from "../../../../../../workflows/pay/read-attempt";
import { answeringProblems, localeIn } from "../../../../../answer";
import type { PaymentAttemptResult, ErrorResult } from "../../../../../store-contract";
import { attemptView } from "../../../../../views";

/** The attempt as it stands; one that waits for news is read from its gateway again. */
export const GET = (
  req: MedusaRequest,
  res: MedusaResponse<PaymentAttemptResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const attempt = await readAttempt(req.scope, {
      cart_id: req.params.id ?? "",
      attempt_id: req.params.attempt_id ?? "",
    });
    res.json({ payment_attempt: attemptView(attempt, tenderModule(req.scope).recovery, localeIn(req)) });
  });
