import { Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminPaymentOperation } from "../../api/admin-contract";
import { useTexts } from "../lib/use-texts";
import { OutcomeBadge, type BadgeColor } from "./outcome-badge";

/** The colour of a call's badge. */
export const COLOR_OF_OUTCOME: Readonly<Record<AdminPaymentOperation["status"], BadgeColor>> = {
  started: "blue",
  succeeded: "green",
  declined: "red",
  failed: "grey",
  unknown: "orange",
};

/** What the gateway was asked to do, in order, and what came of it. */
export function AttemptOperations({
  operations,
}: Readonly<{ operations: readonly AdminPaymentOperation[] }>): ReactElement {
  const { t } = useTexts();
  if (operations.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-muted">
        {t("attempts.no_operations")}
      </Text>
    );
  }
  return (
    <ul aria-label={t("attempts.operations")} className="flex flex-col gap-y-2">
      {operations.map((operation) => (
        <OperationRow key={operation.id} operation={operation} />
      ))}
    </ul>
  );
}

function OperationRow({ operation }: Readonly<{ operation: AdminPaymentOperation }>): ReactElement {
  const { t, money, time } = useTexts();
  const { amount, currency_code, error, status } = operation;
  const started = time(operation.started_at);
  return (
    <li className="flex flex-col gap-y-0.5">
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <Text size="small" weight="plus">
          {t(`kinds.${operation.kind}`)}
          {amount !== null && currency_code !== null && (
            <span className="text-ui-fg-subtle font-normal"> {money(amount, currency_code)}</span>
          )}
        </Text>
        <OutcomeBadge color={COLOR_OF_OUTCOME[status]}>{t(`outcomes.${status}`)}</OutcomeBadge>
      </div>
      <Text size="xsmall" className="text-ui-fg-muted">
        <time dateTime={operation.started_at} title={started.withZone}>
          {started.short}
        </time>
        {operation.finished_at === null && <span> · {t("attempts.still_running")}</span>}
      </Text>
      {error && (
        <Text size="xsmall" className="text-ui-fg-subtle" title={error.message ?? undefined}>
          {t(`errors.${error.kind}`)}
        </Text>
      )}
    </li>
  );
}
