import { Tabs } from "@medusajs/ui";
import { useState, type ReactElement } from "react";
import type {
  AdminFinding,
  AdminFindingAction,
  AdminFindingKindsResult,
  AdminFindingsResult,
} from "../../api/admin/tender/findings/contract";
import { Choice } from "../components/choice";
import { KeysetPager } from "../components/keyset-pager";
import { Section } from "../components/section";
import { Empty, Loaded } from "../components/states";
import { useApi } from "../lib/api";
import { useFilters, useKeyset, type Filters } from "../lib/use-filters";
import { useProviderOptions } from "../lib/use-providers";
import { useTexts } from "../lib/use-texts";
import { FindingDialog } from "./finding-dialog";
import { FindingRow } from "./finding-row";
import { useTold } from "./use-told";

const NAMES = ["status", "severity", "kind", "provider_id"] as const;
const SEVERITIES = ["high", "medium", "low"] as const;
const STATUSES = ["open", "resolved"] as const;

/** How often the open ones are read anew: other people resolve some, and new ones turn up. */
const READ_EVERY_MS = 60_000;

/** What needs an operator, and what was done about what did. */
export function FindingList(): ReactElement {
  const { t, direction } = useTexts();
  const filters = useFilters(NAMES);
  const status = filters.values.status === "resolved" ? "resolved" : "open";
  return (
    <Tabs
      dir={direction}
      value={status}
      onValueChange={(value) => filters.set("status", value === "open" ? undefined : value)}
    >
      <Section
        level="h1"
        title={t("attention.title")}
        hint={t("attention.hint")}
        actions={
          <Tabs.List aria-label={t("common.status")}>
            {STATUSES.map((one) => (
              <Tabs.Trigger key={one} value={one}>
                {t(`attention.${one}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        }
      >
        <FindingFilters filters={filters} />
        {STATUSES.map((one) => (
          <Tabs.Content key={one} value={one} tabIndex={-1}>
            <Findings status={one} filters={filters} />
          </Tabs.Content>
        ))}
      </Section>
    </Tabs>
  );
}

type FindingFilterNames = (typeof NAMES)[number];

function Findings({
  status,
  filters: { values },
}: Readonly<{ status: (typeof STATUSES)[number]; filters: Filters<FindingFilterNames> }>): ReactElement {
  const { t, language } = useTexts();
  const { status: _, ...narrowed } = values;
  const keyset = useKeyset(values);
  // Kept here, so that nothing typed is lost when the finding leaves the list meanwhile.
  const [asked, setAsked] = useState<Readonly<{ finding: AdminFinding; action: AdminFindingAction }>>();
  const tell = useTold();
  const findings = useApi<AdminFindingsResult>(
    "/admin/tender/findings",
    { ...narrowed, status, locale: language, cursor: keyset.cursor },
    { refetchInterval: READ_EVERY_MS },
  );
  const empty =
    Object.keys(narrowed).length > 0 ? "empty_filtered" : status === "open" ? "empty" : "empty_resolved";
  return (
    <>
      <Loaded of={findings} label={t("attention.title")}>
        {({ findings: rows, next_cursor }) => (
          <>
            {rows.length === 0 ? (
              <Empty>{t(`attention.${empty}`)}</Empty>
            ) : (
              <ul aria-label={t("attention.title")} className="divide-y">
                {rows.map((finding) => (
                  <FindingRow
                    key={finding.id}
                    finding={finding}
                    onAsk={(action) => setAsked({ finding, action })}
                  />
                ))}
              </ul>
            )}
            <KeysetPager keyset={keyset} next_cursor={next_cursor} />
          </>
        )}
      </Loaded>
      {asked && (
        <FindingDialog
          finding={asked.finding}
          chosen={asked.action}
          onClose={() => setAsked(undefined)}
          onDone={(answer) => {
            setAsked(undefined);
            tell(answer);
          }}
        />
      )}
    </>
  );
}

function FindingFilters({
  filters: { values, set },
}: Readonly<{ filters: Filters<FindingFilterNames> }>): ReactElement {
  const { t, language } = useTexts();
  const kinds = useApi<AdminFindingKindsResult>("/admin/tender/findings/kinds", { locale: language });
  return (
    <div className="flex flex-wrap gap-4 px-6 py-4">
      <Choice
        look="filter"
        label={t("attention.severity")}
        any={t("attention.all_severities")}
        value={values.severity ?? ""}
        options={SEVERITIES.map((value) => ({ value, label: t(`attention.severities.${value}`) }))}
        onChange={(value) => set("severity", value)}
      />
      <Choice
        look="filter"
        label={t("attention.kind")}
        any={t("attention.all_kinds")}
        value={values.kind ?? ""}
        options={(kinds.data?.kinds ?? []).map(({ kind, title }) => ({ value: kind, label: title }))}
        onChange={(value) => set("kind", value)}
      />
      <Choice
        look="filter"
        label={t("common.provider")}
        any={t("attention.all_providers")}
        value={values.provider_id ?? ""}
        options={useProviderOptions()}
        onChange={(value) => set("provider_id", value)}
      />
    </div>
  );
}
