import { Text } from "@medusajs/ui";
import type { ReactElement } from "react";
import { Link } from "react-router-dom";
import type { AdminPaymentAttemptDetail } from "../../api/admin/tender/payment-attempts/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { COLOR_OF_STATUS } from "../attempts/status-colors";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";

/** Every try to pay the same cart. */
export function AttemptsOfCart({ attempt }: Readonly<{ attempt: AdminPaymentAttemptDetail }>): ReactElement {
  const { t, method } = useTexts();
  return (
    <Section title={t("payments.of_cart_title")}>
      <ol className="divide-y">
        {attempt.attempts_of_cart.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-2 px-6 py-3">
            <div>
              <Text size="small" weight="plus">
                {one.number}. {method(one.method)} <bdi className="font-normal">{one.provider_id}</bdi>
              </Text>
              <Text size="xsmall" className="text-ui-fg-subtle">
                {one.id === attempt.id ? (
                  t("payments.this_one")
                ) : (
                  <Link to={`/payments/${one.id}`} className="text-ui-fg-base underline">
                    <Moment at={one.created_at} />
                  </Link>
                )}
              </Text>
            </div>
            <OutcomeBadge color={COLOR_OF_STATUS[one.status]}>{t(`statuses.${one.status}`)}</OutcomeBadge>
          </li>
        ))}
      </ol>
    </Section>
  );
}
