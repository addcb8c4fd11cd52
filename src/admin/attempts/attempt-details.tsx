import { Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import type { AdminPaymentAttempt } from "../../api/admin-contract";
import { useTexts } from "../lib/use-texts";
import { AttemptOperations } from "./attempt-operations";
import { OutcomeBadge } from "./outcome-badge";
import { COLOR_OF_STATUS } from "./status-colors";

/** One attempt: how, through whom, how much, how it ended, and every call behind it. */
export function AttemptDetails({
  attempt,
  number,
  fallback_of_number,
  children,
}: Readonly<{
  attempt: AdminPaymentAttempt;
  number: number;
  fallback_of_number: number | null;
  /** What can be done about its payment. */
  children?: ReactNode;
}>): ReactElement {
  const { t, money, time, method } = useTexts();
  const created = time(attempt.created_at);
  const status = shownStatus(attempt);
  return (
    <li className="flex flex-col gap-y-3 px-6 py-4" data-attempt={attempt.id}>
      <div className="flex items-start justify-between gap-x-2">
        <div>
          <Text size="small" weight="plus">
            {number}. {method(attempt.method)}{" "}
            {attempt.instrument?.last4 && (
              <bdi dir="ltr" className="text-ui-fg-subtle font-normal">
                •••• {attempt.instrument.last4}
              </bdi>
            )}
          </Text>
          <Text size="small" className="text-ui-fg-subtle">
            <bdi>{attempt.provider_id}</bdi>
          </Text>
          <Text size="xsmall" className="text-ui-fg-muted">
            <time dateTime={attempt.created_at} title={created.withZone}>
              {created.short}
            </time>
          </Text>
        </div>
        <div className="flex flex-col items-end gap-y-1">
          <Text size="small" weight="plus">
            {money(attempt.amount, attempt.currency_code)}
          </Text>
          <OutcomeBadge color={COLOR_OF_STATUS[status]}>{t(`statuses.${status}`)}</OutcomeBadge>
        </div>
      </div>
      {fallback_of_number !== null && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("attempts.fallback", { number: fallback_of_number })}
        </Text>
      )}
      {attempt.decline && <Refusal decline={attempt.decline} recovery={attempt.recovery} />}
      {children}
      <AttemptOperations operations={attempt.operations} />
      {attempt.gateway_reference && (
        <Text size="xsmall" className="text-ui-fg-muted break-all">
          {t("attempts.reference")}: <bdi>{attempt.gateway_reference}</bdi>
        </Text>
      )}
    </li>
  );
}

/** A refused attempt stays "declined" to an operator, although its payment is cleared away at the gateway later. */
function shownStatus({ status, decline }: AdminPaymentAttempt): AdminPaymentAttempt["status"] {
  return decline && (status === "released" || status === "canceled") ? "declined" : status;
}

/** Why it was refused, in plain words beside the codes, and what followed. */
function Refusal({
  decline,
  recovery,
}: Readonly<
  Pick<AdminPaymentAttempt, "recovery"> & { decline: NonNullable<AdminPaymentAttempt["decline"]> }
>): ReactElement {
  const { t } = useTexts();
  const codes = [
    ["code", decline.code],
    ["network_code", decline.network_code],
    ["advice_code", decline.advice_code],
    ["rule", recovery?.rule_id ?? null],
  ] as const;
  return (
    <div className="bg-ui-bg-subtle rounded-lg p-3">
      <Text size="small" weight="plus">
        {t(`declines.${decline.category}`)}
      </Text>
      {recovery && <Text size="small">{t(`recoveries.${recovery.action}`)}</Text>}
      <dl className="text-ui-fg-muted txt-compact-xsmall mt-1 flex flex-wrap gap-x-3">
        {codes.map(
          ([name, code]) =>
            code !== null && (
              <div key={name} className="flex gap-x-1">
                <dt>{t(`attempts.${name}`)}:</dt>
                <dd>
                  <bdi>{code}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
