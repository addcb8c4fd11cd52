import { defineRouteConfig } from "@medusajs/admin-sdk";
import { Tabs } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminWallet, AdminWalletsResult } from "../../../../api/admin/tender/wallets/contract";
import { Section } from "../../../components/section";
import { Empty, Loaded } from "../../../components/states";
import { useApi } from "../../../lib/api";
import { useTexts } from "../../../lib/use-texts";
import { WalletView } from "../../../wallets/wallet-view";

/** Wallets move by themselves. */
const READ_EVERY_MS = 15_000;

/** The wallets that gateways keep themselves, each in a tab. */
export default function WalletsPage(): ReactElement {
  const { t, language } = useTexts();
  const wallets = useApi<AdminWalletsResult>("/admin/tender/wallets", {}, { refetchInterval: READ_EVERY_MS });
  return (
    <div className="flex flex-col gap-y-3" dir={language === "ar" ? "rtl" : undefined}>
      <Section title={t("wallets.title")} level="h1" hint={t("wallets.hint")}>
        {wallets.data?.wallets.length === 0 && <Empty>{t("wallets.none")}</Empty>}
        {!wallets.data && (
          <Loaded of={wallets} label={t("wallets.title")}>
            {() => null}
          </Loaded>
        )}
      </Section>
      {wallets.data && wallets.data.wallets.length > 0 && <WalletTabs wallets={wallets.data.wallets} />}
    </div>
  );
}

function WalletTabs({ wallets }: Readonly<{ wallets: readonly AdminWallet[] }>): ReactElement {
  const { method, t, language } = useTexts();
  return (
    <Tabs defaultValue={wallets[0]?.provider_id ?? ""} dir={language === "ar" ? "rtl" : "ltr"}>
      <Tabs.List aria-label={t("wallets.title")} className="flex-wrap">
        {wallets.map(({ provider_id, methods }) => (
          <Tabs.Trigger key={provider_id} value={provider_id} className="gap-x-2">
            {methods.map(method).join(", ")}
            <bdi className="text-ui-fg-muted txt-compact-xsmall">{provider_id}</bdi>
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {wallets.map((wallet) => (
        <Tabs.Content key={wallet.provider_id} value={wallet.provider_id} className="mt-3">
          <WalletView wallet={wallet} />
        </Tabs.Content>
      ))}
    </Tabs>
  );
}

export const config = defineRouteConfig({
  label: "wallets.title",
  rank: 6,
  translationNs: "tender",
});
