import { Container, Text } from "@medusajs/ui";
import type { ReactElement, ReactNode } from "react";
import { Link } from "react-router-dom";
import type { AdminPaymentFigures } from "../../api/admin/tender/payment-figures/contract";
import { useFiguresTexts } from "./use-figures-texts";

/** The numbers people act on first. */
export function KeyFigures({ figures }: Readonly<{ figures: AdminPaymentFigures }>): ReactElement {
  const { t, number, percent, money, duration } = useFiguresTexts();
  const { approval_rate, approved, declined, recovered, time_to_pay, open_findings } = figures;
  const decided = approved + declined;
  const open = open_findings.high + open_findings.medium + open_findings.low;
  const saved = recovered.reduce((sum, { carts }) => sum + carts, 0);
  return (
    <ul aria-label={t("payments.numbers")} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <KeyFigure label={t("payments.attention")} value={number(open)}>
        {open === 0 ? (
          t("payments.attention_none")
        ) : (
          <>
            {t("payments.attention_high", { count: open_findings.high })}
            {" · "}
            <Link to="/payments/attention" className="text-ui-fg-base underline">
              {t("payments.attention_open")}
            </Link>
          </>
        )}
      </KeyFigure>
      <KeyFigure
        label={t("payments.approval_rate")}
        value={approval_rate === null ? t("payments.no_value") : percent(approval_rate)}
      >
        {approval_rate === null
          ? t("payments.nothing_decided")
          : t("payments.approval_rate_of", {
              count: decided,
              formatted: number(decided),
              approved: number(approved),
            })}
      </KeyFigure>
      <KeyFigure
        label={t("payments.recovered")}
        value={
          recovered.length === 0
            ? t("payments.no_value")
            : recovered.map(({ currency_code, amount }) => (
                <span key={currency_code} className="block">
                  {money(amount, currency_code)}
                </span>
              ))
        }
      >
        {saved === 0
          ? t("payments.recovered_none")
          : t("payments.recovered_carts", { count: saved, formatted: number(saved) })}
      </KeyFigure>
      <KeyFigure
        label={t("payments.time_to_pay")}
        value={time_to_pay.median_ms === null ? t("payments.no_value") : duration(time_to_pay.median_ms)}
      >
        {time_to_pay.p90_ms === null
          ? t("payments.nothing_paid")
          : t("payments.time_to_pay_hint", { p90: duration(time_to_pay.p90_ms) })}
      </KeyFigure>
    </ul>
  );
}

function KeyFigure({
  label,
  value,
  children,
}: Readonly<{ label: string; value: ReactNode; children: ReactNode }>): ReactElement {
  return (
    <li className="flex">
      <Container className="flex flex-1 flex-col gap-y-1 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle">
          {label}
        </Text>
        <Text size="xlarge" weight="plus">
          {value}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {children}
        </Text>
      </Container>
    </li>
  );
}
