import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { confirmAttempt } from "../../../../../../../workflows/confirm-attempt";
import { tenderModule } from "../../../../../../../workflows/load-cart";
import { answeringProblems, customerIn, localeIn, returnUrlFor } from "../../../../../../answer";
import type {
  ConfirmAttemptInput,
  ConfirmResult,
  DeclinedResult,
  ErrorResult,
} from "../../../../../../store-contract";
import { attemptView, optionsView, refusalView } from "../../../../../../views";

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
        res.json({ type: "order", order: await loadOrder(req, confirmed.order_id) });
        return;
      case "declined":
        res.status(402).json({
          type: "declined",
          payment_attempt: attemptView(confirmed.attempt, recovery, locale),
          decline: refusalView(confirmed.decline, confirmed.decision, locale),
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

const ORDER_FIELDS = [
  "id",
  "display_id",
  "status",
  "email",
  "currency_code",
  "created_at",
  "total",
  "subtotal",
  "tax_total",
  "shipping_total",
  "discount_total",
  "items.*",
];

async function loadOrder(req: MedusaRequest, order_id: string) {
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "order", fields: ORDER_FIELDS, filters: { id: order_id } });
  return data[0] as unknown as Extract<ConfirmResult, { type: "order" }>["order"];
}
