import { Badge, Table, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminPaymentFigures } from "../../api/admin/tender/payment-figures/contract";
import { Section } from "../components/section";
import { Empty } from "../components/states";
import { TableHead, TableRow } from "../components/table-parts";
import { useFiguresTexts } from "./use-figures-texts";

/** Why payments were refused: the meaning, the codes it came with, and how often. */
export function RefusalReasons({
  figures: { declines, declined },
}: Readonly<{ figures: AdminPaymentFigures }>): ReactElement {
  const { t, number, percent } = useFiguresTexts();
  const title = t("payments.declines_title");
  return (
    <Section title={title}>
      {declines.length === 0 ? (
        <Empty>{t("payments.no_declines")}</Empty>
      ) : (
        <div role="region" aria-label={title} tabIndex={0} className="overflow-x-auto">
          <Table>
            <TableHead columns={[t("payments.reason"), t("payments.refusals"), t("payments.share")]} />
            <Table.Body>
              {declines.map(({ category, count, codes }) => (
                <TableRow key={category}>
                  <Table.Cell className="min-w-64 whitespace-normal py-2">
                    <Text size="small">{t(`declines.${category}`)}</Text>
                    <ul aria-label={t("payments.codes")} className="mt-1 flex flex-wrap gap-1">
                      {codes.map(({ code, count: times }) => (
                        <li key={code}>
                          <Badge size="2xsmall">
                            <bdi>{code}</bdi>&nbsp;{number(times)}
                          </Badge>
                        </li>
                      ))}
                    </ul>
                  </Table.Cell>
                  <Table.Cell>{number(count)}</Table.Cell>
                  <Table.Cell>{percent(count / declined)}</Table.Cell>
                </TableRow>
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
    </Section>
  );
}
