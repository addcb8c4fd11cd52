import { Input, Label } from "@medusajs/ui";
import { useId, type ReactElement } from "react";
import { Choice } from "../components/choice";
import { useTexts } from "../lib/use-texts";
import { dayOf, PERIODS } from "./period";
import { useStoreNames } from "./use-store-names";
import type { QueryState } from "./use-query-state";

const WEEK_MS = 7 * 86_400_000;

/** Which period, region and provider the whole page is about. */
export function ShownChoices({ query }: Readonly<{ query: QueryState }>): ReactElement {
  const { t } = useTexts();
  const { regions, providers } = useStoreNames();
  const period = query.get("period") || "30d";
  return (
    <div role="group" aria-label={t("payments.choices")} className="flex flex-wrap items-end gap-2">
      <Choice
        look="bare"
        label={t("payments.period")}
        value={period}
        options={[...PERIODS, "custom"].map((name) => ({
          value: name,
          label: t(`payments.periods.${name}`),
        }))}
        onChange={(name) =>
          query.set(
            name === "custom"
              ? { period: name, from: dayOf(new Date(Date.now() - WEEK_MS)), to: dayOf(new Date()) }
              : { period: name, from: "", to: "" },
          )
        }
      />
      {period === "custom" && (
        <>
          <Day label={t("payments.from")} name="from" query={query} />
          <Day label={t("payments.to")} name="to" query={query} />
        </>
      )}
      <Choice
        look="bare"
        label={t("common.region")}
        any={t("payments.all_regions")}
        value={query.get("region_id")}
        options={regions.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(region_id) => query.set({ region_id })}
      />
      <Choice
        look="bare"
        label={t("common.provider")}
        any={t("payments.all_providers")}
        value={query.get("provider_id")}
        options={providers.map((id) => ({ value: id, label: <bdi>{id}</bdi> }))}
        onChange={(provider_id) => query.set({ provider_id })}
      />
    </div>
  );
}

function Day({
  label,
  name,
  query,
}: Readonly<{ label: string; name: string; query: QueryState }>): ReactElement {
  const id = useId();
  return (
    <div className="flex items-center gap-x-1">
      <Label htmlFor={id} size="small">
        {label}
      </Label>
      <Input
        id={id}
        type="date"
        size="small"
        value={query.get(name)}
        onChange={({ target }) => query.set({ [name]: target.value })}
      />
    </div>
  );
}
