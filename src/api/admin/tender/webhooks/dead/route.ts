import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { countDeadWebhooks } from "../../../../../workflows/operate/webhook-inbox";
import type { AdminDeadWebhooksResult } from "../contract";

/** How many webhooks were given up, by provider. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminDeadWebhooksResult>,
): Promise<void> {
  res.json({ dead: await countDeadWebhooks(req.scope) });
}
