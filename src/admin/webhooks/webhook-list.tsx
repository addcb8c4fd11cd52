import { Button } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import { useSearchParams } from "react-router-dom";
import type { AdminWebhook, AdminWebhooksResult } from "../../api/admin/tender/webhooks/contract";
import { Choice } from "../components/choice";
import { FilterText } from "../components/filter-text";
import { KeysetPager } from "../components/keyset-pager";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useApi } from "../lib/api";
import { useFilters, useKeyset, type Filters } from "../lib/use-filters";
import { useProviderOptions } from "../lib/use-providers";
import { useTexts } from "../lib/use-texts";
import { DeadWebhooks } from "./dead-webhooks";
import { useReplay } from "./use-replay";
import { WebhookDrawer } from "./webhook-drawer";
import { WebhookTable } from "./webhook-table";

const NAMES = ["status", "provider_id", "search"] as const;
const STATUSES = [
  "received",
  "retrying",
  "done",
  "dead",
] as const satisfies readonly AdminWebhook["status"][];

/** The inbox of webhooks, with the ones that were given up above it. */
export function WebhookList(): ReactElement {
  const { t } = useTexts();
  const filters = useFilters(NAMES);
  const keyset = useKeyset(filters.values);
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const webhooks = useApi<AdminWebhooksResult>("/admin/tender/webhooks", {
    ...filters.values,
    cursor: keyset.cursor,
  });
  const show = (id: string | null): void =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (id === null) after.delete("webhook");
      else after.set("webhook", id);
      return after;
    });
  const shown = params.get("webhook");
  const on_page = chosen.filter((id) => webhooks.data?.webhooks.some((webhook) => webhook.id === id));
  return (
    <Section
      level="h1"
      title={t("webhooks.title")}
      hint={t("webhooks.hint")}
      actions={on_page.length > 0 && <ReplayChosen ids={on_page} onDone={() => setChosen([])} />}
    >
      <DeadWebhooks />
      <WebhookFilters filters={filters} />
      <Loaded of={webhooks} label={t("webhooks.title")}>
        {({ webhooks: rows, next_cursor }) => (
          <>
            {rows.length === 0 ? (
              <Empty>{t(filters.isFiltered ? "webhooks.empty_filtered" : "webhooks.empty")}</Empty>
            ) : (
              <WebhookTable webhooks={rows} chosen={on_page} onChoose={setChosen} onShow={show} />
            )}
            <KeysetPager keyset={keyset} next_cursor={next_cursor} />
          </>
        )}
      </Loaded>
      {shown !== null && <WebhookDrawer id={shown} onClose={() => show(null)} />}
    </Section>
  );
}

function ReplayChosen({
  ids,
  onDone,
}: Readonly<{ ids: readonly string[]; onDone: () => void }>): ReactElement {
  const { t } = useTexts();
  const replay = useReplay(onDone);
  return (
    <Button
      size="small"
      variant="secondary"
      isLoading={replay.isPending}
      onClick={() => replay.mutate({ path: "/admin/tender/webhooks/replay", body: { ids: [...ids] } })}
    >
      {t("webhooks.replay_chosen", { count: ids.length })}
    </Button>
  );
}

function WebhookFilters({
  filters: { values, set },
}: Readonly<{ filters: Filters<(typeof NAMES)[number]> }>): ReactElement {
  const { t } = useTexts();
  return (
    <div className="flex flex-wrap gap-4 px-6 py-4">
      <Choice
        look="filter"
        label={t("common.status")}
        any={t("webhooks.all_statuses")}
        value={values.status ?? ""}
        options={STATUSES.map((value) => ({ value, label: t(`webhooks.statuses.${value}`) }))}
        onChange={(value) => set("status", value)}
      />
      <Choice
        look="filter"
        label={t("common.provider")}
        any={t("webhooks.all_providers")}
        value={values.provider_id ?? ""}
        options={useProviderOptions()}
        onChange={(value) => set("provider_id", value)}
      />
      <FilterText
        label={t("webhooks.search")}
        hint={t("webhooks.search_hint")}
        value={values.search}
        onChange={(value) => set("search", value)}
      />
    </div>
  );
}
