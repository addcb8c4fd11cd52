import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { countFindings } from "../../../../../workflows/operate/open-findings";
import type { AdminFindingCountResult } from "../contract";

/** How many findings are open, by severity. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminFindingCountResult>,
): Promise<void> {
  const count = await countFindings(req.scope);
  res.json({ count, total: count.high + count.medium + count.low });
}
