import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { exportManualRefund } from "../../../../../../../workflows/operate/manual-refunds";

/** What is to be signed, as a file. A POST: the first time it is made, and takes money for it that no other refund gets. */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const file = await exportManualRefund(req.scope, {
    actor_id: req.auth_context.actor_id,
    provider_id,
    id,
  });
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.attachment(file.file_name);
  res.setHeader("Content-Type", file.content_type);
  res.send(file.text);
}
