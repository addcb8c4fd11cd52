import { defineWidgetConfig } from "@medusajs/admin-sdk";
import type { AdminOrder, DetailWidgetProps } from "@medusajs/framework/types";
import { Button, Container, Heading, Skeleton, Text } from "@medusajs/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type {
  AdminOrderPaymentActionsResult,
  AdminPaymentActions,
} from "../../api/admin/tender/payments/contract";
import type { AdminOrderPaymentAttemptsResult, AdminPaymentAttempt } from "../../api/admin-contract";
import { AttemptDetails } from "../attempts/attempt-details";
import { hasSessionEnded } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { PaymentActions } from "../payment-actions/payment-actions";

/** On the order's page: every try to pay it, the refused ones included. */
export default function OrderPaymentAttempts({ data: order }: DetailWidgetProps<AdminOrder>): ReactElement {
  const { t } = useTexts();
  const { data, isPending, isError, refetch } = useQuery({
    // The dashboard refreshes everything under this key after a capture or a refund.
    queryKey: ["orders", "detail", order.id, "tender-payment-attempts"],
    queryFn: () =>
      sdk.client.fetch<AdminOrderPaymentAttemptsResult>(
        `/admin/orders/${encodeURIComponent(order.id)}/payment-attempts`,
      ),
    throwOnError: hasSessionEnded,
  });
  const actions = useQuery({
    queryKey: ["orders", "detail", order.id, "tender-payment-actions"],
    queryFn: () =>
      sdk.client.fetch<AdminOrderPaymentActionsResult>(
        `/admin/orders/${encodeURIComponent(order.id)}/payment-actions`,
      ),
    throwOnError: hasSessionEnded,
  });
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("attempts.title")}</Heading>
      </div>
      {isPending && <Loading label={t("attempts.title")} />}
      {isError && <Failed onRetry={() => void refetch()} />}
      {data && (
        <AttemptList attempts={data.payment_attempts} payments={actions.data?.payment_actions ?? []} />
      )}
    </Container>
  );
}

function AttemptList({
  attempts,
  payments,
}: Readonly<{
  attempts: readonly AdminPaymentAttempt[];
  payments: readonly AdminPaymentActions[];
}>): ReactElement {
  const { t } = useTexts();
  if (attempts.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("attempts.empty")}
      </Text>
    );
  }
  const numberOf = (id: string | null): number | null => {
    const at = attempts.findIndex((attempt) => attempt.id === id);
    return at < 0 ? null : at + 1;
  };
  return (
    <ol className="divide-y">
      {attempts.map((attempt, at) => (
        <AttemptDetails
          key={attempt.id}
          attempt={attempt}
          number={at + 1}
          fallback_of_number={numberOf(attempt.fallback_of)}
        >
          {payments
            .filter(({ payment_attempt_id }) => payment_attempt_id === attempt.id)
            .map((payment) => (
              <PaymentActions key={payment.payment_id} payment={payment} />
            ))}
        </AttemptDetails>
      ))}
    </ol>
  );
}

function Loading({ label }: Readonly<{ label: string }>): ReactElement {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-y-2 px-6 py-4">
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-5 w-1/2" />
    </div>
  );
}

function Failed({ onRetry }: Readonly<{ onRetry: () => void }>): ReactElement {
  const { t } = useTexts();
  return (
    <div role="alert" className="flex items-center justify-between gap-x-2 px-6 py-4">
      <Text size="small">{t("attempts.error")}</Text>
      <Button size="small" variant="secondary" onClick={onRetry}>
        {t("attempts.retry")}
      </Button>
    </div>
  );
}

export const config = defineWidgetConfig({
  zone: "order.details.side.after",
  id: "tender:order-payment-attempts",
});
