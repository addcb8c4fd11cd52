import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listPaymentOptions } from "../../../../../workflows/pay/list-payment-options";
import { answeringProblems, askedLocalesIn, customerIn } from "../../../../answer";
import type { PaymentOptionsResult, ErrorResult } from "../../../../store-contract";
import { optionsView } from "../../../../views";

/** The ways to pay this cart, and those its refusals ruled out. */
export const GET = (
  req: MedusaRequest,
  res: MedusaResponse<PaymentOptionsResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const options = await listPaymentOptions(req.scope, {
      cart_id: req.params.id ?? "",
      locale: askedLocalesIn(req),
    });
    res.json(optionsView(options, customerIn(req)));
  });
