import { Input } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type { AdminWalletInvoicesResult } from "../../api/admin/tender/wallets/contract";
import { Choice } from "../components/choice";
import { KeysetPager } from "../components/keyset-pager";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useKeyset } from "../lib/use-filters";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { InvoiceTable, STATUSES } from "./invoice-table";

const PER_PAGE = 20;
const READ_EVERY_MS = 15_000;

/** What shoppers were asked to pay to the wallet, and what came of it. */
export function WalletInvoices({
  provider_id,
  unit,
}: Readonly<{ provider_id: string; unit: string }>): ReactElement {
  const { t } = useTexts();
  const [status, setStatus] = useState("");
  const [search, setSearch] = useState("");
  const keyset = useKeyset({ status, search });
  const invoices = useApi<AdminWalletInvoicesResult>(
    `/admin/tender/wallets/${encodeURIComponent(provider_id)}/invoices`,
    {
      status,
      search: search.trim(),
      limit: PER_PAGE,
      cursor: keyset.cursor,
    },
    { refetchInterval: READ_EVERY_MS },
  );
  const is_filtered = status !== "" || search.trim() !== "";
  return (
    <Section
      title={t("wallets.invoices.title")}
      actions={
        <>
          <Input
            size="small"
            aria-label={t("wallets.invoices.search")}
            placeholder={t("wallets.invoices.search")}
            title={t("wallets.invoices.search_hint")}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
            }}
          />
          <Choice
            look="bare"
            label={t("common.status")}
            any={t("common.all")}
            value={status}
            onChange={setStatus}
            options={STATUSES.map((one) => ({ value: one, label: t(`wallets.invoices.statuses.${one}`) }))}
          />
        </>
      }
    >
      <Loaded of={invoices} label={t("wallets.invoices.title")}>
        {({ invoices: rows, next_cursor }) => (
          <>
            {rows.length === 0 ? (
              <Empty>{t(is_filtered ? "wallets.invoices.no_match" : "wallets.invoices.empty")}</Empty>
            ) : (
              <InvoiceTable invoices={rows} unit={unit} />
            )}
            <KeysetPager keyset={keyset} next_cursor={next_cursor} />
          </>
        )}
      </Loaded>
    </Section>
  );
}
