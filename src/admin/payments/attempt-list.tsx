import { ArrowDownTray } from "@medusajs/icons";
import { Button, toast } from "@medusajs/ui";
import { useMutation } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { AdminPaymentAttemptsResult } from "../../api/admin/tender/payment-attempts/contract";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { hasSessionEnded, toastFailure, useApi } from "../lib/api";
import { sdk } from "../lib/sdk";
import { useTexts } from "../lib/use-texts";
import { AttemptFilters } from "./attempt-filters";
import { attemptQuery } from "./attempt-query";
import { AttemptTable } from "./attempt-table";
import type { ChosenPeriod } from "./period";
import type { QueryState } from "./use-query-state";

const LIST = "/admin/tender/payment-attempts";
const ROWS = 20;

/** The list of attempts with its filters, page by page. */
export function AttemptList({
  query,
  period,
}: Readonly<{ query: QueryState; period: ChosenPeriod }>): ReactElement {
  const { t } = useTexts();
  const asked = attemptQuery(query, period);
  const attempts = useApi<AdminPaymentAttemptsResult>(LIST, {
    ...asked,
    limit: ROWS,
    cursor: query.get("cursor"),
  });
  return (
    <Section title={t("payments.list_title")} actions={<Download asked={asked} />}>
      <AttemptFilters query={query} />
      <Loaded of={attempts} label={t("payments.list_title")} rows={8}>
        {({ payment_attempts, next_cursor, previous_cursor }) => (
          <>
            {payment_attempts.length === 0 ? (
              <Empty>{t("payments.none_found")}</Empty>
            ) : (
              <AttemptTable attempts={payment_attempts} />
            )}
            {(next_cursor !== null || previous_cursor !== null) && (
              <nav aria-label={t("payments.pages")} className="flex justify-end gap-2 px-6 py-3">
                <Button
                  size="small"
                  variant="secondary"
                  disabled={previous_cursor === null}
                  onClick={() => query.set({ cursor: previous_cursor ?? "" })}
                >
                  {t("payments.newer")}
                </Button>
                <Button
                  size="small"
                  variant="secondary"
                  disabled={next_cursor === null}
                  onClick={() => query.set({ cursor: next_cursor ?? "" })}
                >
                  {t("payments.older")}
                </Button>
              </nav>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** Everything that fits the filters, as a file. */
function Download({ asked }: Readonly<{ asked: Readonly<Record<string, string>> }>): ReactElement {
  const { t } = useTexts();
  const download = useMutation({
    mutationFn: async () => {
      const answer = await sdk.client.fetch<Response>(`${LIST}.csv`, {
        query: asked,
        headers: { accept: "text/csv" },
      });
      saveAs("payment-attempts.csv", await answer.blob());
    },
    onSuccess: () => {
      toast.success(t("payments.downloaded"));
    },
    throwOnError: hasSessionEnded,
    onError: toastFailure,
  });
  return (
    <Button size="small" variant="secondary" isLoading={download.isPending} onClick={() => download.mutate()}>
      <ArrowDownTray />
      {t("payments.download")}
    </Button>
  );
}

function saveAs(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
