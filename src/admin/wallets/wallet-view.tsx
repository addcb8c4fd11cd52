import type { ReactElement } from "react";
import type { AdminWallet } from "../../api/admin/tender/wallets/contract";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { useTexts } from "../lib/use-texts";
import { WalletAccount } from "./wallet-account";
import { WalletInvoices } from "./wallet-invoices";
import { WalletNode } from "./wallet-node";
import { WalletRefunds } from "./wallet-refunds";

/** One wallet: what waits for somebody first, then its state, then what was paid to it. */
export function WalletView({ wallet }: Readonly<{ wallet: AdminWallet }>): ReactElement {
  const { t } = useTexts();
  const { provider_id, overview, has_manual_refunds } = wallet;
  return (
    <div className="flex flex-col gap-y-3">
      {has_manual_refunds && <WalletRefunds provider_id={provider_id} />}
      {overview ? (
        <>
          <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-2">
            <WalletNode node={overview.node} />
            <WalletAccount account={overview.account} />
          </div>
          <WalletInvoices provider_id={provider_id} unit={overview.unit} />
        </>
      ) : (
        <Section title={t("wallets.node.title")}>
          <Empty>{t("wallets.broken")}</Empty>
        </Section>
      )}
    </div>
  );
}
