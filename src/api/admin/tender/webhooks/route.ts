import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listWebhooks } from "../../../../workflows/operate/webhook-inbox";
import type { AdminWebhooksResult, WebhooksQuery } from "./contract";
import { webhookView } from "./views";

/** What gateways told, newest first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, WebhooksQuery>,
  res: MedusaResponse<AdminWebhooksResult>,
): Promise<void> {
  const { webhooks, next_cursor } = await listWebhooks(req.scope, req.validatedQuery as WebhooksQuery);
  res.json({ webhooks: webhooks.map(webhookView), next_cursor });
}
