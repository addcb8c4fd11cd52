import { Select } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type { AdminManualRefundPage } from "../../api/admin/tender/manual-refunds/contract";
import { KeysetPager } from "../components/keyset-pager";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useKeyset } from "../lib/use-filters";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { ManualRefundItem } from "../refunds/manual-refund-item";

const PER_PAGE = 10;
const READ_EVERY_MS = 15_000;

/** The refunds by hand of a wallet, whichever order they are of. */
export function WalletRefunds({ provider_id }: Readonly<{ provider_id: string }>): ReactElement {
  const { t } = useTexts();
  const [status, setStatus] = useState<"open" | "all">("open");
  const keyset = useKeyset({ status });
  const refunds = useApi<AdminManualRefundPage>(
    `/admin/tender/manual-refunds/${encodeURIComponent(provider_id)}`,
    { status, limit: PER_PAGE, cursor: keyset.cursor },
    { refetchInterval: READ_EVERY_MS },
  );
  return (
    <Section
      title={t("refunds.title")}
      hint={t("refunds.hint")}
      actions={
        <Select
          size="small"
          value={status}
          onValueChange={(value) => {
            setStatus(value === "all" ? "all" : "open");
          }}
        >
          <Select.Trigger aria-label={t("refunds.show")}>
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value="open">{t("refunds.open_only")}</Select.Item>
            <Select.Item value="all">{t("refunds.all")}</Select.Item>
          </Select.Content>
        </Select>
      }
    >
      <Loaded of={refunds} label={t("refunds.title")}>
        {({ manual_refunds, next_cursor }) => (
          <>
            {manual_refunds.length === 0 ? (
              <Empty>{t(status === "open" ? "refunds.none_open" : "refunds.none")}</Empty>
            ) : (
              <ul className="divide-y" aria-label={t("refunds.title")}>
                {manual_refunds.map((refund) => (
                  <li key={refund.id} className="px-6 py-4">
                    <ManualRefundItem refund={refund} links_order />
                  </li>
                ))}
              </ul>
            )}
            <KeysetPager keyset={keyset} next_cursor={next_cursor} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
