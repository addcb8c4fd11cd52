import { moneyToDecimal, type WalletInvoice, type WalletNode } from "../../../../gateway";
import type { WalletOfProvider } from "../../../../workflows/operate/wallets";
import type { AdminWallet, AdminWalletInvoice, AdminWalletNode } from "./contract";

export function walletView({ overview, ...wallet }: WalletOfProvider): AdminWallet {
  return {
    ...wallet,
    overview: overview && {
      unit: overview.unit,
      node: nodeView(overview.node),
      account: overview.account,
    },
  };
}

export function walletInvoiceView({ attempt_id, amount, ...invoice }: WalletInvoice): AdminWalletInvoice {
  return {
    id: invoice.id,
    payment_attempt_id: attempt_id,
    address: invoice.address,
    address_index: invoice.address_index,
    amount: Number(moneyToDecimal(amount)),
    currency_code: amount.currency.toLowerCase(),
    asked: invoice.asked,
    seen: invoice.seen,
    confirmed: invoice.confirmed,
    confirmations: invoice.confirmations,
    confirmations_needed: invoice.confirmations_needed,
    status: invoice.status,
    created_at: invoice.created_at.toISOString(),
    expires_at: invoice.expires_at.toISOString(),
  };
}

function nodeView({ tip, looked_at, ...node }: WalletNode): AdminWalletNode {
  return {
    ...node,
    tip: tip && { height: tip.height, mined_at: tip.mined_at?.toISOString() ?? null },
    looked_at: looked_at?.toISOString() ?? null,
  };
}
