import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { checkConnection } from "../../../../../../workflows/operate/options/check-connection";
import type { AdminConnectionCheck } from "../../contract";

/** Asks a provider's service whether it can be reached with the configured credentials. */
export async function POST(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminConnectionCheck>,
): Promise<void> {
  const check = await checkConnection(req.scope, req.params.id ?? "");
  res.json(check.ok ? { ...check, error: null, message: null } : check);
}
