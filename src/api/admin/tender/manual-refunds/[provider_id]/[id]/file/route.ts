import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { manualRefundsAt } from "../../../../../../../workflows/pay/manual-refunds";

/** What is to be signed, as a file. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { provider_id = "", id = "" } = req.params;
  const file = await manualRefundsAt(req.scope, provider_id).exportFile(id);
  res.setHeader("Cache-Control", "no-store");
  res.setHeader("X-Content-Type-Options", "nosniff");
  res.attachment(file.file_name);
  res.setHeader("Content-Type", file.content_type);
  res.send(file.text);
}
