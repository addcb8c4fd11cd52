import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { redactPayload } from "../../../../../services/webhooks/redact-payload";
import { readWebhook } from "../../../../../workflows/operate/webhook-inbox";
import type { AdminWebhookResult } from "../contract";
import { webhookView } from "../views";

/** One webhook, with what an operator may see of its payload. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminWebhookResult>,
): Promise<void> {
  const found = await readWebhook(req.scope, req.params.id ?? "");
  const { payload } = found.event;
  res.json({ webhook: webhookView(found), payload: payload === null ? null : redactPayload(payload) });
}
