import { Copy, Table } from "@medusajs/ui";
import type { ReactElement } from "react";
import { Link } from "react-router-dom";
import type { AdminWalletInvoice } from "../../api/admin/tender/wallets/contract";
import { OutcomeBadge, type BadgeColor } from "../attempts/outcome-badge";
import { Moment } from "../components/moment";
import { useTexts } from "../lib/use-texts";

const COLOR_OF_STATUS: Readonly<Record<AdminWalletInvoice["status"], BadgeColor>> = {
  awaiting: "blue",
  partial: "orange",
  confirming: "blue",
  settled: "green",
  undone: "red",
  expired: "grey",
  canceled: "grey",
};

export const STATUSES = Object.keys(COLOR_OF_STATUS) as readonly AdminWalletInvoice["status"][];

const SHOWN_ENDS = 8;

/** Invoices with their addresses, newest first. */
export function InvoiceTable({
  invoices,
  unit,
}: Readonly<{ invoices: readonly AdminWalletInvoice[]; unit: string }>): ReactElement {
  const { t } = useTexts();
  const columns = ["address", "asked", "seen", "confirmations", "expires", "attempt"] as const;
  return (
    <div role="region" aria-label={t("wallets.invoices.region")} tabIndex={0} className="overflow-x-auto">
      <Table>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell className="text-start">{t("common.status")}</Table.HeaderCell>
            {columns.map((name) => (
              <Table.HeaderCell key={name} className="whitespace-nowrap text-start">
                {t(`wallets.invoices.${name}`)}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {invoices.map((invoice) => (
            <InvoiceRow key={invoice.id} invoice={invoice} unit={unit} />
          ))}
        </Table.Body>
      </Table>
    </div>
  );
}

function InvoiceRow({
  invoice,
  unit,
}: Readonly<{ invoice: AdminWalletInvoice; unit: string }>): ReactElement {
  const { t, money } = useTexts();
  const { address, status, asked, seen, confirmed, confirmations, confirmations_needed } = invoice;
  return (
    <Table.Row data-invoice={invoice.id}>
      <Table.Cell>
        <OutcomeBadge color={COLOR_OF_STATUS[status]}>
          {t(`wallets.invoices.statuses.${status}`)}
        </OutcomeBadge>
      </Table.Cell>
      <Table.Cell>
        <span className="flex items-center gap-x-2">
          <bdi dir="ltr" title={address} className="font-mono txt-compact-xsmall">
            {address.slice(0, SHOWN_ENDS)}…{address.slice(-SHOWN_ENDS)}
          </bdi>
          <Copy content={address} aria-label={t("wallets.invoices.copy_address")} />
        </span>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        <div>
          <bdi dir="ltr">
            {asked} {unit}
          </bdi>
        </div>
        <div className="text-ui-fg-muted txt-compact-xsmall">
          {money(invoice.amount, invoice.currency_code)}
        </div>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        <div>
          <bdi dir="ltr">
            {seen} {unit}
          </bdi>
        </div>
        {confirmed !== seen && (
          <div className="text-ui-fg-muted txt-compact-xsmall">
            {t("wallets.invoices.confirmed")}{" "}
            <bdi dir="ltr">
              {confirmed} {unit}
            </bdi>
          </div>
        )}
      </Table.Cell>
      <Table.Cell>
        {confirmations === null ? (
          "–"
        ) : (
          <bdi dir="ltr">
            {confirmations} / {confirmations_needed}
          </bdi>
        )}
      </Table.Cell>
      <Table.Cell>
        <Moment at={invoice.expires_at} />
      </Table.Cell>
      <Table.Cell>
        <Link to={`/payments/${invoice.payment_attempt_id}`} className="whitespace-nowrap underline">
          {t("wallets.invoices.open_attempt")}
        </Link>
      </Table.Cell>
    </Table.Row>
  );
}
