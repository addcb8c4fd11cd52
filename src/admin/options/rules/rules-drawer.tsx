import { Alert, Button, Drawer, Hint, Input, Label, Text, toast } from "@medusajs/ui";
import { useId, useState, type FormEvent, type ReactElement } from "react";
import type { AdminPaymentProvider } from "../../../api/admin/tender/providers/contract";
import type {
  AdminOptionRules,
  AdminOptionRulesResult,
  Named,
  OptionRulesBody,
} from "../../../api/admin/tender/providers/[id]/rules/contract";
import { DrawerHeader } from "../../components/drawer-header";
import { Loaded, Loading } from "../../components/states";
import { useApi, useChange } from "../../lib/api";
import { useTexts } from "../../lib/use-texts";
import { findIn, useCountryName, useGroups, useProducts, useRegions } from "../choices";
import { Picker } from "../picker";
import { useNames } from "../use-names";
import { pathOf } from "../use-providers";
import { bodyOf, currency, draftOf, type RulesDraft } from "./draft";

/** When a provider is offered. */
export function RulesDrawer({
  provider,
  onClose,
}: Readonly<{ provider: AdminPaymentProvider; onClose: () => void }>): ReactElement {
  const { t } = useTexts();
  const { providerName } = useNames();
  const rules = useApi<AdminOptionRulesResult>(pathOf(provider, "rules"));
  const regions = useRegions();
  const name = providerName(provider);
  return (
    <Drawer open onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content>
        <DrawerHeader
          title={t("option_preview.rules_of", { name })}
          hint={t("option_preview.rules_hint", { name })}
        />
        <Loaded of={rules} label={t("option_preview.rules")} rows={8}>
          {(loaded) =>
            regions ? (
              <RulesForm
                provider={provider}
                rules={loaded.rules}
                currencies={[...new Set(regions.map(({ currency_code }) => currency_code))]}
                countries={[
                  ...new Set(
                    regions.flatMap((region) =>
                      (region.countries ?? []).flatMap(({ iso_2 }) => (iso_2 ? [iso_2] : [])),
                    ),
                  ),
                ]}
                onClose={onClose}
              />
            ) : (
              <Loading label={t("option_preview.rules")} rows={8} />
            )
          }
        </Loaded>
      </Drawer.Content>
    </Drawer>
  );
}

function RulesForm({
  provider,
  rules,
  currencies,
  countries,
  onClose,
}: Readonly<{
  provider: AdminPaymentProvider;
  rules: AdminOptionRules;
  currencies: readonly string[];
  countries: readonly string[];
  onClose: () => void;
}>): ReactElement {
  const { t } = useTexts();
  const countryName = useCountryName();
  const [draft, setDraft] = useState(() => draftOf(rules, currencies, countryName));
  const { mutate, isPending } = useChange<AdminOptionRulesResult, OptionRulesBody>({
    onDone: () => {
      toast.success(t("option_preview.rules_saved"));
      onClose();
    },
  });
  const save = (event: FormEvent): void => {
    event.preventDefault();
    mutate({ path: pathOf(provider, "rules"), body: bodyOf(draft) });
  };
  const picker = (
    part: PickedPart,
    useFound: (typed: string) => readonly Named[] | undefined,
    hint?: string,
  ) => (
    <Picker
      label={t(`option_preview.${part}`)}
      find_label={t(`option_preview.find_${part}`)}
      {...(hint !== undefined && { hint })}
      chosen={draft[part]}
      onChange={(chosen) => setDraft((before) => ({ ...before, [part]: chosen }))}
      useFound={useFound}
    />
  );
  return (
    <form onSubmit={save} className="flex min-h-0 flex-1 flex-col">
      <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
        {rules.unreadable && <Alert variant="error">{t("option_preview.rules_unreadable")}</Alert>}
        <Amounts
          amounts={draft.amounts}
          onChange={(amounts) => setDraft((before) => ({ ...before, amounts }))}
        />
        {picker("currencies", (typed) => findIn(currencies.map(currency), typed))}
        {picker("countries", (typed) =>
          findIn(
            countries.map((code) => ({ id: code, name: countryName(code) })),
            typed,
          ),
        )}
        {picker("groups_only", useGroups, t("option_preview.groups_only_hint"))}
        {picker("groups_never", useGroups)}
        {picker("products_only", useProducts)}
        {picker("products_never", useProducts)}
      </Drawer.Body>
      <Drawer.Footer>
        <div className="flex gap-x-2">
          <Drawer.Close asChild>
            <Button type="button" size="small" variant="secondary">
              {t("common.cancel")}
            </Button>
          </Drawer.Close>
          <Button type="submit" size="small" isLoading={isPending}>
            {t("common.save")}
          </Button>
        </div>
      </Drawer.Footer>
    </form>
  );
}

type PickedPart = Exclude<keyof RulesDraft, "amounts">;

function Amounts({
  amounts,
  onChange,
}: Readonly<{
  amounts: RulesDraft["amounts"];
  onChange: (amounts: RulesDraft["amounts"]) => void;
}>): ReactElement {
  const { t } = useTexts();
  const id = useId();
  const limits = Object.entries(amounts);
  return (
    <fieldset className="flex flex-col gap-y-2">
      <legend className="txt-compact-small-plus pb-1">{t("option_preview.amounts")}</legend>
      {limits.length === 0 ? (
        <Text size="small">{t("option_preview.no_currencies")}</Text>
      ) : (
        <Hint>{t("option_preview.amounts_hint")}</Hint>
      )}
      {limits.map(([code, limit]) => (
        <div key={code} className="grid grid-cols-2 gap-x-3">
          {(["min", "max"] as const).map((end) => (
            <div key={end} className="flex flex-col gap-y-1">
              <Label size="xsmall" htmlFor={`${id}-${code}-${end}`}>
                {t(`option_preview.${end}_in`, { currency: code.toUpperCase() })}
              </Label>
              <Input
                id={`${id}-${code}-${end}`}
                type="number"
                size="small"
                min={0}
                step="any"
                inputMode="decimal"
                value={limit[end]}
                onChange={({ target }) => onChange({ ...amounts, [code]: { ...limit, [end]: target.value } })}
              />
            </div>
          ))}
        </div>
      ))}
    </fieldset>
  );
}
