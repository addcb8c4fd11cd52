import { defineRouteConfig } from "@medusajs/admin-sdk";
import { CreditCard } from "@medusajs/icons";
import { useMemo, type ReactElement } from "react";
import type { AdminPaymentFiguresResult } from "../../../api/admin/tender/payment-figures/contract";
import { Section } from "../../components/section";
import { Empty, Loaded } from "../../components/states";
import { useApi } from "../../lib/api";
import { useTexts } from "../../lib/use-texts";
import { AttemptList } from "../../payments/attempt-list";
import { FiguresCharts } from "../../payments/figures-charts";
import { KeyFigures } from "../../payments/key-figures";
import { chosenPeriod, type ChosenPeriod } from "../../payments/period";
import { ProviderComparison } from "../../payments/provider-comparison";
import { RefusalReasons } from "../../payments/refusal-reasons";
import { ShownChoices } from "../../payments/shown-choices";
import { useQueryState, type QueryState } from "../../payments/use-query-state";

/** How payments do, and every try to pay. */
export default function PaymentsPage(): ReactElement {
  const { t } = useTexts();
  const query = useQueryState();
  const period = chosenPeriod(query, new Date());
  return (
    <div className="flex flex-col gap-y-3">
      <Section
        level="h1"
        title={t("payments.title")}
        hint={t("payments.hint")}
        actions={<ShownChoices query={query} />}
      />
      <PaymentFigures query={query} period={period} />
      <AttemptList query={query} period={period} />
    </div>
  );
}

function PaymentFigures({
  query,
  period,
}: Readonly<{ query: QueryState; period: ChosenPeriod }>): ReactElement {
  const { t } = useTexts();
  const time_zone = useMemo(() => new Intl.DateTimeFormat().resolvedOptions().timeZone, []);
  const figures = useApi<AdminPaymentFiguresResult>("/admin/tender/payment-figures", {
    ...(period.name === "custom" ? { from: period.from, to: period.to } : { period: period.name }),
    region_id: query.get("region_id"),
    provider_id: query.get("provider_id"),
    time_zone,
  });
  return (
    <Loaded of={figures} label={t("payments.numbers")} rows={6}>
      {({ payment_figures }) => (
        <>
          <KeyFigures figures={payment_figures} />
          {payment_figures.attempts === 0 ? (
            <Section title={t("payments.outcomes_chart")}>
              <Empty>{t("payments.no_attempts")}</Empty>
            </Section>
          ) : (
            <>
              <FiguresCharts figures={payment_figures} />
              <RefusalReasons figures={payment_figures} />
              <ProviderComparison figures={payment_figures} />
            </>
          )}
        </>
      )}
    </Loaded>
  );
}

export const config = defineRouteConfig({
  label: "attention.menu_payments",
  icon: CreditCard,
  rank: 1,
  translationNs: "tender",
});
