import { Copy, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { Link } from "react-router-dom";
import type { AdminPaymentAttemptDetail } from "../../api/admin/tender/payment-attempts/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { COLOR_OF_STATUS } from "../attempts/status-colors";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { useStoreNames } from "./use-store-names";

const LINK = "text-ui-fg-base underline";

/** What an attempt is: how, through whom, how much, for which cart and order. */
export function AttemptFacts({ attempt }: Readonly<{ attempt: AdminPaymentAttemptDetail }>): ReactElement {
  const { t, money, method } = useTexts();
  const { regions } = useStoreNames();
  const { order, instrument, gateway_reference, payment_page, region_id } = attempt;
  return (
    <Section
      level="h1"
      title={t("payments.attempt_title")}
      hint={
        <Link to="/payments" className={LINK}>
          {t("payments.back")}
        </Link>
      }
      actions={
        <OutcomeBadge color={COLOR_OF_STATUS[attempt.status]}>{t(`statuses.${attempt.status}`)}</OutcomeBadge>
      }
    >
      <dl className="grid grid-cols-1 gap-x-6 gap-y-3 px-6 py-4 md:grid-cols-2">
        <Fact label={t("common.amount")}>
          <bdi>{money(attempt.amount, attempt.currency_code)}</bdi>
        </Fact>
        <Fact label={t("common.method")}>
          {method(attempt.method)}{" "}
          {instrument?.last4 && (
            <bdi dir="ltr" className="text-ui-fg-subtle">
              •••• {instrument.last4}
            </bdi>
          )}
        </Fact>
        <Fact label={t("common.provider")}>
          <bdi>{attempt.provider_id}</bdi>
        </Fact>
        <Fact label={t("payments.order")}>
          {order ? (
            <Link to={`/orders/${order.id}`} className={LINK}>
              {t("payments.order_number", { number: order.display_id })}
            </Link>
          ) : (
            t("payments.no_order")
          )}
        </Fact>
        {order?.email && (
          <Fact label={t("payments.email")}>
            <bdi>{order.email}</bdi>
          </Fact>
        )}
        {region_id && (
          <Fact label={t("payments.region")}>
            {regions.find(({ id }) => id === region_id)?.name ?? <bdi>{region_id}</bdi>}
          </Fact>
        )}
        {attempt.approved_at && (
          <Fact label={t("payments.approved_at")}>
            <Moment at={attempt.approved_at} />
          </Fact>
        )}
        {attempt.authorization_expires_at && attempt.status === "authorized" && (
          <Fact label={t("payments.expires_at")}>
            <Moment at={attempt.authorization_expires_at} />
          </Fact>
        )}
        {gateway_reference && (
          <Fact label={t("payments.reference")}>
            <Code text={gateway_reference} />
            {payment_page && (
              <a href={payment_page} target="_blank" rel="noreferrer" className={LINK}>
                {t("payments.open_at_gateway")}
              </a>
            )}
          </Fact>
        )}
        {attempt.cart_id && (
          <Fact label={t("payments.cart")}>
            <Code text={attempt.cart_id} />
          </Fact>
        )}
        <Fact label={t("payments.id")}>
          <Code text={attempt.id} />
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ label, children }: Readonly<{ label: string; children: ReactNode }>): ReactElement {
  return (
    <div className="min-w-0">
      <dt className="txt-compact-small text-ui-fg-subtle">{label}</dt>
      <dd className="txt-compact-small text-ui-fg-base mt-1 flex flex-wrap items-center gap-x-2">
        {children}
      </dd>
    </div>
  );
}

function Code({ text }: Readonly<{ text: string }>): ReactElement {
  const { t } = useTexts();
  return (
    <span className="inline-flex min-w-0 items-center gap-x-1">
      <Text as="span" size="small" className="break-all">
        <bdi>{text}</bdi>
      </Text>
      <Copy content={text} aria-label={`${t("common.copy")}: ${text}`} />
    </span>
  );
}
