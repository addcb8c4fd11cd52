import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { COUNTS_AS_REFUSAL, declineView } from "../../../../../../../services";
import { confirmAttempt, type Confirmed } from "../../../../../../../workflows/pay/confirm-attempt";
import { beginTry, duringTry, type TryOutcome } from "../../../../../../../workflows/limits/guard-tries";
import { tenderModule } from "../../../../../../../workflows/medusa/load-cart";
import { loadOrder } from "../../../../../../../workflows/medusa/load-order";
import {
  answeringProblems,
  askedLocalesIn,
  customerIn,
  localeIn,
  returnUrlFor,
} from "../../../../../../answer";
import { askerIn } from "../../../../../../asker";
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
    const attempt_id = req.params.attempt_id ?? "";
    const { data } = req.validatedBody;
    const begun = await beginTry(req.scope, {
      ...askerIn(req, cart_id),
      attempt_id,
      data,
    });
    const confirmed = await duringTry(
      req.scope,
      { cart_id, begun },
      () =>
        confirmAttempt(req.scope, {
          cart_id,
          attempt_id,
          data,
          customer_id: customerIn(req),
          return_url: returnUrlFor(req, cart_id),
          locale,
          asked_locales: askedLocalesIn(req),
        }),
      outcomeOf,
    );
    switch (confirmed.type) {
      case "order":
        res.json({ type: "order", order: OrderSchema.parse(await loadOrder(req.scope, confirmed.order_id)) });
        return;
      case "declined":
        res.status(402).json({
          type: "declined",
          payment_attempt: attemptView(confirmed.attempt, recovery, locale),
          decline: declineView(confirmed.decline, confirmed.decision, locale),
          ...optionsView(confirmed.options, customerIn(req)),
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

function outcomeOf(confirmed: Confirmed): TryOutcome {
  switch (confirmed.type) {
    case "order":
      return "paid";
    case "declined":
      return COUNTS_AS_REFUSAL[confirmed.decline.category] ? "refused" : "nothing";
    case "action_required":
    case "pending":
      return "undecided";
  }
}
