import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { declineView } from "../../../../../../../services";
import { confirmAttempt } from "../../../../../../../workflows/confirm-attempt";
import { tenderModule } from "../../../../../../../workflows/load-cart";
import { loadOrder } from "../../../../../../../workflows/load-order";
import { answeringProblems, customerIn, localeIn, returnUrlFor } from "../../../../../../answer";
import {
  OrderSchema,
  type ConfirmAttemptInput,
  type ConfirmResult,
  type DeclinedResult,
  type ErrorResult,
} from "../../../../../../store-contract";
import { attemptView, optionsView } from "../../../../../../views";

/** Pays the cart. 200 with the order, the next step or "pending"; 402 with what happened and the alternatives. */
export const POST = (
  req: MedusaRequest<ConfirmAttemptInput>,
  res: MedusaResponse<ConfirmResult | DeclinedResult | ErrorResult>,
): Promise<void> =>
  answeringProblems(req, res, async () => {
    const cart_id = req.params.id ?? "";
    const locale = localeIn(req);
    const { recovery } = tenderModule(req.scope);
    const confirmed = await confirmAttempt(req.scope, {
      cart_id,
      attempt_id: req.params.attempt_id ?? "",
      data: req.validatedBody.data,
      customer_id: customerIn(req),
      return_url: returnUrlFor(req, cart_id),
      locale,
    });
    switch (confirmed.type) {
      case "order":
        res.json({ type: "order", order: OrderSchema.parse(await loadOrder(req.scope, confirmed.order_id)) });
        return;
      case "declined":
        res.status(402).json({
          type: "declined",
          payment_attempt: attemptView(confirmed.attempt, recovery, locale),
          decline: declineView(confirmed.decline, confirmed.decision, locale),
          ...optionsView(confirmed.options),
        });
        return;
      case "action_required":
        res.json({
          type: "action_required",
          payment_attempt: attemptView(confirmed.attempt, recovery, locale),
        });
        return;
      case "pending":
        res.json({ type: "pending", payment_attempt: attemptView(confirmed.attempt, recovery, locale) });
    }
  });
