import { Table } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminPaymentFigures } from "../../api/admin/tender/payment-figures/contract";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { TableHead, TableRow } from "../components/table-parts";
import { useFiguresTexts } from "./use-figures-texts";

/** How the providers did beside each other. */
export function ProviderComparison({
  figures: { providers },
}: Readonly<{ figures: AdminPaymentFigures }>): ReactElement {
  const { t, number, percent, duration } = useFiguresTexts();
  const title = t("payments.providers_title");
  const columns = [
    t("common.provider"),
    t("payments.attempts"),
    t("payments.results.approved"),
    t("payments.results.declined"),
    t("payments.results.not_reached"),
    t("payments.approval_rate"),
    t("payments.median_time"),
  ];
  return (
    <Section title={title}>
      {providers.length === 0 ? (
        <Empty>{t("payments.no_attempts")}</Empty>
      ) : (
        <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
          <Table>
            <TableHead columns={columns} />
            <Table.Body>
              {providers.map((provider) => (
                <TableRow key={provider.provider_id}>
                  <Table.Cell>
                    <bdi>{provider.provider_id}</bdi>
                  </Table.Cell>
                  <Table.Cell>{number(provider.attempts)}</Table.Cell>
                  <Table.Cell>{number(provider.approved)}</Table.Cell>
                  <Table.Cell>{number(provider.declined)}</Table.Cell>
                  <Table.Cell>{number(provider.not_reached)}</Table.Cell>
                  <Table.Cell>
                    {provider.approval_rate === null
                      ? t("payments.no_value")
                      : percent(provider.approval_rate)}
                  </Table.Cell>
                  <Table.Cell>
                    {provider.median_ms === null ? t("payments.no_value") : duration(provider.median_ms)}
                  </Table.Cell>
                </TableRow>
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </Section>
  );
}
