import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { providersAnswer } from "./answer";
import type { AdminPaymentProvidersResult } from "./contract";

/** Every installed provider, the order of options and the regions. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminPaymentProvidersResult>,
): Promise<void> {
  res.json(await providersAnswer(req));
}
