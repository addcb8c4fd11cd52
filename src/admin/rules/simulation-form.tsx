import { Button, Heading, Input, Label } from "@medusajs/ui";
import { useId, type ComponentProps, type ReactElement } from "react";
import type { AdminDeclinesResult } from "../../api/admin/tender/declines/contract";
import type {
  AdminDecliningProvider,
  AdminRecoveryRule,
} from "../../api/admin/tender/recovery-rules/contract";
import { Choice } from "../components/choice";
import { useApi } from "../lib/api";
import { useTexts } from "../lib/use-texts";
import { SwitchField } from "./switch-field";
import { isPortable, UNSAID, type SimulationDraft } from "./simulation-draft";
import { useCategories } from "./use-categories";

const COUNTS = [
  ["retries", "tries", 0],
  ["switches", "switches", 0],
  ["attempts", "attempts", 1],
  ["alternatives", "alternatives", 0],
  ["other_methods", "other_methods", 0],
] as const;

const FACTS = ["in_hand", "portable", "authenticated", "payment_read"] as const;

/** What came back, and what went before. */
export function SimulationForm({
  draft,
  providers,
  rules,
  isRunning,
  onChange,
  onRun,
}: Readonly<{
  draft: SimulationDraft;
  providers: readonly AdminDecliningProvider[];
  rules: readonly AdminRecoveryRule[];
  isRunning: boolean;
  onChange: (changes: Partial<SimulationDraft>) => void;
  onRun: () => void;
}>): ReactElement {
  const { t } = useTexts();
  const is_complete = draft.what === "no_outcome" || draft.code.trim() !== "" || draft.category !== UNSAID;
  return (
    <form
      className="flex flex-col gap-y-4 px-6 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={t("rules.codes.gateway")}
          value={draft.provider_id}
          onChange={(provider_id) =>
            onChange({
              provider_id,
              portable: isPortable(providers.find((each) => each.provider_id === provider_id)),
            })
          }
          options={providers.map(({ provider_id }) => ({ value: provider_id, label: provider_id }))}
        />
        <Choice
          label={t("rules.simulator.what")}
          value={draft.what}
          onChange={(what) => onChange({ what: what as SimulationDraft["what"] })}
          options={(["refusal", "no_outcome"] as const).map((value) => ({
            value,
            label: t(`rules.simulator.${value}`),
          }))}
        />
        <WhatCameBack draft={draft} rules={rules} onChange={onChange} />
      </div>
      <fieldset className="flex flex-col gap-y-3">
        <legend>
          <Heading level="h3" className="mb-2">
            {t("rules.simulator.history")}
          </Heading>
        </legend>
        <div className="grid items-end gap-4 sm:grid-cols-2">
          {COUNTS.map(([field, text, least]) => (
            <TextField
              key={field}
              label={t(`rules.simulator.${text}`)}
              type="number"
              min={least}
              max={99}
              required
              value={Number.isNaN(draft[field]) ? "" : draft[field]}
              onChange={(event) => onChange({ [field]: event.target.valueAsNumber })}
            />
          ))}
        </div>
        {FACTS.map((fact) => (
          <SwitchField
            key={fact}
            label={t(`rules.simulator.${fact}`)}
            checked={draft[fact]}
            onChange={(checked) => onChange({ [fact]: checked })}
          />
        ))}
      </fieldset>
      <Button type="submit" size="small" className="self-end" disabled={!is_complete} isLoading={isRunning}>
        {t("rules.simulator.run")}
      </Button>
    </form>
  );
}

function WhatCameBack({
  draft,
  rules,
  onChange,
}: Readonly<{
  draft: SimulationDraft;
  rules: readonly AdminRecoveryRule[];
  onChange: (changes: Partial<SimulationDraft>) => void;
}>): ReactElement {
  const { t } = useTexts();
  const categories = useCategories();
  const suggestions_id = useId();
  const suggestions = useApi<AdminDeclinesResult>(
    "/admin/tender/declines",
    { provider_id: draft.provider_id, search: draft.code.trim(), limit: 50 },
    { enabled: draft.what === "refusal" },
  );
  if (draft.what === "no_outcome") {
    const kinds = rules.flatMap(({ matches }) => matches.error_kind ?? []);
    return (
      <div className="sm:col-span-2">
        <Choice
          label={t("rules.simulator.error_kind")}
          value={draft.error_kind}
          onChange={(error_kind) => onChange({ error_kind })}
          options={kinds.map((kind) => ({ value: kind, label: t(`errors.${kind}`) }))}
        />
      </div>
    );
  }
  const advice = [...new Set(rules.flatMap(({ matches }) => matches.advice_codes ?? []))].sort();
  return (
    <>
      <TextField
        label={t("rules.simulator.code")}
        value={draft.code}
        maxLength={100}
        autoComplete="off"
        list={suggestions_id}
        onChange={(event) => onChange({ code: event.target.value })}
      />
      <datalist id={suggestions_id}>
        {suggestions.data?.declines.map(({ code, words }) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </datalist>
      <Choice
        label={t("rules.simulator.category")}
        value={draft.category}
        onChange={(category) => onChange({ category })}
        options={[{ value: UNSAID, label: t("rules.simulator.by_table") }, ...categories]}
      />
      <TextField
        label={t("rules.simulator.network_code")}
        value={draft.network_code}
        maxLength={40}
        autoComplete="off"
        onChange={(event) => onChange({ network_code: event.target.value })}
      />
      <Choice
        label={t("rules.simulator.advice_code")}
        value={draft.advice_code}
        onChange={(advice_code) => onChange({ advice_code })}
        options={[
          { value: UNSAID, label: t("rules.simulator.no_advice") },
          ...advice.map((value) => ({ value, label: value })),
        ]}
      />
    </>
  );
}

function TextField({
  label,
  ...input
}: Readonly<{ label: string }> & ComponentProps<typeof Input>): ReactElement {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      <Label size="small" weight="plus" htmlFor={id}>
        {label}
      </Label>
      <Input {...input} id={id} size="small" />
    </div>
  );
}
