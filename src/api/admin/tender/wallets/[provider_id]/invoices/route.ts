import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { listWalletInvoices } from "../../../../../../workflows/operate/wallets";
import type { AdminWalletInvoicesResult, WalletInvoicesQuery } from "../../contract";
import { walletInvoiceView } from "../../views";

/** What shoppers were asked to pay to a wallet, newest first. */
export async function GET(
  req: AuthenticatedMedusaRequest<unknown, WalletInvoicesQuery>,
  res: MedusaResponse<AdminWalletInvoicesResult>,
): Promise<void> {
  const query = req.validatedQuery as WalletInvoicesQuery;
  const { invoices, next_cursor } = await listWalletInvoices(req.scope, req.params.provider_id ?? "", query);
  res.json({ invoices: invoices.map(walletInvoiceView), next_cursor });
}
