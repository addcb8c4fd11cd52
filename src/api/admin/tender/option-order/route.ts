import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { changeOptionOrder } from "../../../../workflows/operate/options/change-order";
import { providersAnswer } from "../providers/answer";
import type { AdminPaymentProvidersResult, OptionOrderBody } from "../providers/contract";

type Conflict = Readonly<{ type: "conflict"; message: string }>;

/** Sets the order of options, and of the providers behind each; 409 when somebody else changed it meanwhile. */
export async function POST(
  req: AuthenticatedMedusaRequest<OptionOrderBody>,
  res: MedusaResponse<AdminPaymentProvidersResult | Conflict>,
): Promise<void> {
  const { actor_id } = req.auth_context;
  if (!(await changeOptionOrder(req.scope, { ...req.validatedBody, actor_id }))) {
    res.status(409).json({
      type: "conflict",
      message: "The order was changed meanwhile. Look at it as it is now, and change it again.",
    });
    return;
  }
  res.json(await providersAnswer(req));
}
