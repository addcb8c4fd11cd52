import { Table, Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import { Link } from "react-router-dom";
import type { AdminListedAttempt } from "../../api/admin/tender/payment-attempts/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { COLOR_OF_STATUS } from "../attempts/status-colors";
import { Moment } from "../components/moment";
import { TableHead, TableRow } from "../components/table-parts";
import { useTexts } from "../lib/use-texts";

/** Attempts, newest first; each leads to its own page. */
export function AttemptTable({
  attempts,
}: Readonly<{ attempts: readonly AdminListedAttempt[] }>): ReactElement {
  const { t } = useTexts();
  const columns = [
    t("common.time"),
    t("common.status"),
    t("common.method"),
    t("common.provider"),
    t("common.amount"),
    t("payments.order"),
  ];
  return (
    <div role="region" aria-label={t("payments.list_region")} tabIndex={0} className="overflow-x-auto">
      <Table>
        <TableHead columns={columns} />
        <Table.Body>
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </Table.Body>
      </Table>
    </div>
  );
}

function AttemptRow({ attempt }: Readonly<{ attempt: AdminListedAttempt }>): ReactElement {
  const { t, money, method, time } = useTexts();
  const { status, decline, order, instrument } = attempt;
  return (
    <TableRow data-attempt={attempt.id}>
      <Table.Cell>
        <Link
          to={`/payments/${attempt.id}`}
          aria-label={t("payments.open_attempt", { time: time(attempt.created_at).short })}
          className="text-ui-fg-base underline"
        >
          <Moment at={attempt.created_at} />
        </Link>
      </Table.Cell>
      <Table.Cell className="min-w-56 whitespace-normal py-2">
        <OutcomeBadge color={COLOR_OF_STATUS[status]}>{t(`statuses.${status}`)}</OutcomeBadge>
        {decline && (
          <Text size="xsmall" className="text-ui-fg-subtle">
            {attempt.approved_at !== null && `${t("payments.refused_before")}: `}
            {t(`declines.${decline.category}`)} <bdi className="text-ui-fg-subtle">{decline.code}</bdi>
          </Text>
        )}
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {method(attempt.method)}{" "}
        {instrument?.last4 && (
          <bdi dir="ltr" className="text-ui-fg-subtle">
            •••• {instrument.last4}
          </bdi>
        )}
      </Table.Cell>
      <Table.Cell>
        <bdi>{attempt.provider_id}</bdi>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        <bdi>{money(attempt.amount, attempt.currency_code)}</bdi>
      </Table.Cell>
      <Table.Cell className="whitespace-nowrap">
        {order ? (
          <Link to={`/orders/${order.id}`} className="text-ui-fg-base underline">
            <bdi>#{order.display_id}</bdi>
          </Link>
        ) : (
          <span className="text-ui-fg-subtle">{t("payments.no_order")}</span>
        )}
      </Table.Cell>
    </TableRow>
  );
}
