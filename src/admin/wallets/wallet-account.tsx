import { InlineTip } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminWallet } from "../../api/admin/tender/wallets/contract";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { FactRows } from "./fact-rows";

type Account = NonNullable<AdminWallet["overview"]>["account"];

/** From this share of the limit on, the operator is told. */
const NEAR = 0.75;

/** What is watched, and whether the operator's own wallet sees all of it. */
export function WalletAccount({ account }: Readonly<{ account: Account }>): ReactElement {
  const { t } = useTexts();
  const { fingerprint, address_kind, next_index, addresses_used, unused_since, gap_limit } = account;
  return (
    <Section title={t("wallets.account.title")} hint={t("wallets.account.watch_only")}>
      <GapWarning account={account} />
      <FactRows
        rows={[
          [t("wallets.account.fingerprint"), <bdi key="fingerprint">{fingerprint}</bdi>],
          [t("wallets.account.kind"), <bdi key="kind">{address_kind}</bdi>],
          [t("wallets.account.next"), <bdi key="next">{next_index}</bdi>],
          [t("wallets.account.used"), <bdi key="used">{addresses_used}</bdi>],
          [
            t("wallets.account.unused"),
            t("wallets.account.of_limit", { count: unused_since, limit: gap_limit }),
          ],
        ]}
      />
    </Section>
  );
}

function GapWarning({ account }: Readonly<{ account: Account }>): ReactElement | null {
  const { t } = useTexts();
  const { unused_since, longest_gap, gap_limit } = account;
  const needed = Math.max(unused_since, longest_gap);
  if (needed < gap_limit * NEAR) return null;
  const text = needed < gap_limit ? "near_limit" : "over_limit";
  return (
    <div className="px-6 py-4">
      <InlineTip variant="warning" label={t("wallets.account.limit")}>
        {t(`wallets.account.${text}`, { limit: gap_limit, needed })}
      </InlineTip>
    </div>
  );
}
