import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { MedusaError } from "@medusajs/framework/utils";
import { assertTryLeft } from "../../../../../workflows/limits/guard-tries";
import { tenderModule } from "../../../../../workflows/medusa/load-cart";
import { startAttempt } from "../../../../../workflows/pay/start-attempt";
import { answeringProblems, customerIn, localeIn, returnUrlFor } from "../../../../answer";
import { askerIn } from "../../../../asker";
import type { CreateAttemptInput, PaymentAttemptResult, ErrorResult } from "../../../../store-contract";
import { attemptView } from "../../../../views";

/** Starts an attempt to pay the cart with an option. */
export const POST = (
  req: MedusaRequest<CreateAttemptInput>,
  res: MedusaResponse<PaymentAttemptResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const cart_id = req.params.id ?? "";
    await assertTryLeft(req.scope, askerIn(req, cart_id));
    const attempt = await startAttempt(req.scope, {
      cart_id,
      ...req.validatedBody,
      request_key: requestKeyIn(req),
      customer_id: customerIn(req),
      return_url: returnUrlFor(req, cart_id),
      locale: localeIn(req),
    });
    res.json({ payment_attempt: attemptView(attempt, tenderModule(req.scope).recovery, localeIn(req)) });
  });

const LONGEST_KEY = 200;

/** The shopper's Idempotency-Key; cutting a long one could make two of them the same. */
function requestKeyIn(req: MedusaRequest): string | undefined {
  const key = req.get("idempotency-key");
  if (key !== undefined && (key.length === 0 || key.length > LONGEST_KEY)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The Idempotency-Key must be 1 to ${LONGEST_KEY} characters long.`,
    );
  }
  return key;
}
