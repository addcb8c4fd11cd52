import { Hint, Input, Label } from "@medusajs/ui";
import { useId, type ReactElement, type ReactNode } from "react";
import { Choice } from "../../components/choice";
import { useTexts } from "../../lib/use-texts";
import { useCountryName, useGroups, useRegions } from "../choices";
import type { WishDraft } from "./wish";

/** More customer groups than anybody would look through. */
const MOST_GROUPS = 200;

type FormProps = Readonly<{ draft: WishDraft; onChange: (draft: WishDraft) => void }>;

/** What is looked at: a cart that exists, or what one would be like. */
export function WishForm({ draft, onChange }: FormProps): ReactElement {
  const { t } = useTexts();
  const kinds = (["region", "cart"] as const).map((kind) => ({
    value: kind,
    label: t(`option_preview.for_${kind}`),
  }));
  return (
    <form
      aria-label={t("option_preview.preview")}
      className="grid grid-cols-1 gap-4 px-6 py-4 md:grid-cols-2 lg:grid-cols-3"
      onSubmit={(event) => event.preventDefault()}
    >
      <Choice
        label={t("option_preview.what_for")}
        value={draft.kind}
        options={kinds}
        onChange={(kind) => onChange({ ...draft, kind: kind === "cart" ? "cart" : "region" })}
      />
      {draft.kind === "cart" ? (
        <Field label={t("option_preview.cart_id")} hint={t("option_preview.cart_id_hint")}>
          {(ids) => (
            <Input
              {...ids}
              size="small"
              dir="ltr"
              autoComplete="off"
              value={draft.cart_id}
              onChange={({ target }) => onChange({ ...draft, cart_id: target.value })}
            />
          )}
        </Field>
      ) : (
        <CartFields draft={draft} onChange={onChange} />
      )}
    </form>
  );
}

function CartFields({ draft, onChange }: FormProps): ReactElement {
  const { t } = useTexts();
  const countryName = useCountryName();
  const regions = useRegions() ?? [];
  const groups = useGroups("", MOST_GROUPS) ?? [];
  const region = regions.find(({ id }) => id === draft.region_id);
  const currencies = [
    ...new Set([draft.currency_code, ...regions.map(({ currency_code }) => currency_code)]),
  ];
  const countries = (region?.countries ?? []).flatMap(({ iso_2 }) => iso_2 ?? []);
  return (
    <>
      <Choice
        label={t("common.region")}
        value={draft.region_id}
        options={regions.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(region_id) => {
          const chosen = regions.find(({ id }) => id === region_id);
          onChange({ ...draft, region_id, currency_code: chosen?.currency_code ?? "", country: "" });
        }}
      />
      <Choice
        label={t("option_preview.currency")}
        value={draft.currency_code}
        options={currencies
          .filter((code) => code !== "")
          .map((code) => ({ value: code, label: code.toUpperCase() }))}
        onChange={(currency_code) => onChange({ ...draft, currency_code })}
      />
      <Choice
        label={t("option_preview.country")}
        value={draft.country}
        any={t("option_preview.any_country")}
        options={countries.map((code) => ({ value: code, label: countryName(code) }))}
        onChange={(country) => onChange({ ...draft, country })}
      />
      <Field label={t("common.amount")} hint={t("option_preview.amount_hint")}>
        {(ids) => (
          <Input
            {...ids}
            type="number"
            size="small"
            min={0}
            step="any"
            inputMode="decimal"
            value={draft.amount}
            onChange={({ target }) => onChange({ ...draft, amount: target.value })}
          />
        )}
      </Field>
      <Choice
        label={t("option_preview.group")}
        value={draft.group_id}
        any={t("option_preview.guest")}
        options={groups.map(({ id, name }) => ({ value: id, label: name ?? id }))}
        onChange={(group_id) => onChange({ ...draft, group_id })}
      />
    </>
  );
}

function Field({
  label,
  hint,
  children,
}: Readonly<{
  label: string;
  hint?: string;
  children: (ids: { id: string; "aria-describedby"?: string }) => ReactNode;
}>): ReactElement {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      <Label size="xsmall" htmlFor={id}>
        {label}
      </Label>
      {children({ id, ...(hint !== undefined && { "aria-describedby": `${id}-hint` }) })}
      {hint !== undefined && <Hint id={`${id}-hint`}>{hint}</Hint>}
    </div>
  );
}
