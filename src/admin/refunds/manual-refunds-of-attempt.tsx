import { Heading } from "@medusajs/ui";
import { useId, type ReactElement } from "react";
import type { AdminManualRefundsResult } from "../../api/admin-contract";
import { Failed } from "../components/states";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { ManualRefundItem } from "./manual-refund-item";

/** Chains move by themselves. */
const READ_EVERY_MS = 15_000;

/** The refunds by hand of one payment, on its order's page; nothing where there are none. */
export function ManualRefundsOfAttempt({
  attempt_id,
  focused_id = null,
}: Readonly<{
  attempt_id: string;
  /** The one that was begun just now. */
  focused_id?: string | null;
}>): ReactElement | null {
  const { t } = useTexts();
  const title = useId();
  const { data, isError, refetch } = useApi<AdminManualRefundsResult>(
    `/admin/tender/payment-attempts/${encodeURIComponent(attempt_id)}/manual-refunds`,
    {},
    { refetchInterval: READ_EVERY_MS },
  );
  if (isError) return <Failed onRetry={() => void refetch()} />;
  if (!data || data.manual_refunds.length === 0) return null;
  return (
    <section aria-labelledby={title} className="bg-ui-bg-subtle rounded-lg">
      <Heading id={title} level="h3" className="px-3 pt-3">
        {t("refunds.title")}
      </Heading>
      <ul className="divide-y">
        {data.manual_refunds.map((refund) => (
          <li key={refund.id} className="p-3">
            <ManualRefundItem refund={refund} is_focused={refund.id === focused_id} />
          </li>
        ))}
      </ul>
    </section>
  );
}
