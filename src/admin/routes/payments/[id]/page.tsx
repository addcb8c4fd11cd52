import type { ReactElement } from "react";
import { useParams } from "react-router-dom";
import type { AdminPaymentAttemptResult } from "../../../../api/admin/tender/payment-attempts/contract";
import { Section } from "../../../components/section";
import { Failed, Loading } from "../../../components/states";
import { useApi } from "../../../lib/api";
import { useTexts } from "../../../lib/use-texts";
import { AttemptFacts } from "../../../payments/attempt-facts";
import { AttemptsOfCart } from "../../../payments/attempts-of-cart";
import { Timeline } from "../../../payments/timeline";

/** One try to pay a cart, with everything that happened to it. */
export default function PaymentAttemptPage(): ReactElement {
  const { t, language } = useTexts();
  const { id = "" } = useParams();
  const { data, isPending, refetch } = useApi<AdminPaymentAttemptResult>(
    `/admin/tender/payment-attempts/${encodeURIComponent(id)}`,
    { locale: language.startsWith("ar") ? "ar" : "en" },
  );
  if (!data) {
    return (
      <Section level="h1" title={t("payments.attempt_title")}>
        {isPending ? (
          <Loading label={t("payments.attempt_title")} rows={6} />
        ) : (
          <Failed onRetry={() => void refetch()}>{t("payments.attempt_missing")}</Failed>
        )}
      </Section>
    );
  }
  const { payment_attempt } = data;
  return (
    <div className="flex flex-col gap-y-3">
      <AttemptFacts attempt={payment_attempt} />
      <AttemptsOfCart attempt={payment_attempt} />
      <Timeline attempt={payment_attempt} />
    </div>
  );
}
