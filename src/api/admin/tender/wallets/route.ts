import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listWallets } from "../../../../workflows/operate/wallets";
import type { AdminWalletsResult } from "./contract";
import { walletView } from "./views";

/** The wallets of all installed gateways that keep one. */
export async function GET(
  req: AuthenticatedMedusaRequest,
  res: MedusaResponse<AdminWalletsResult>,
): Promise<void> {
  res.json({ wallets: (await listWallets(req.scope)).map(walletView) });
}
