import { Button, Input, Text } from "@medusajs/ui";
import { useEffect, useState, type FormEvent, type ReactElement } from "react";
import { Choice } from "../components/choice";
import { useTexts } from "../lib/use-texts";
import * as words from "../i18n/en/payment-words";
import { LIST_FILTERS } from "./attempt-query";
import { useStoreNames } from "./use-store-names";
import type { QueryState } from "./use-query-state";

const STATUSES = Object.keys(words.statuses);
const METHODS = Object.keys(words.methods);
const CATEGORIES = Object.keys(words.declines);

/** The search and the filters above the list of attempts. */
export function AttemptFilters({ query }: Readonly<{ query: QueryState }>): ReactElement {
  const { t, method } = useTexts();
  const { currencies } = useStoreNames();
  const is_filtered = ["q", ...LIST_FILTERS].some((name) => query.get(name) !== "");
  const currency_code = query.get("currency_code");
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <div className="flex flex-wrap items-center gap-2">
        <TypedField
          label={t("payments.search")}
          placeholder={t("payments.search_hint")}
          className="w-80 max-w-full"
          role="searchbox"
          name="q"
          query={query}
        />
        <Choice
          look="bare"
          label={t("common.status")}
          any={t("payments.any_status")}
          value={query.get("status")}
          options={STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))}
          onChange={(status) => query.set({ status })}
        />
        <Choice
          look="bare"
          label={t("common.method")}
          any={t("payments.any_method")}
          value={query.get("method")}
          options={METHODS.map((value) => ({ value, label: method(value) }))}
          onChange={(chosen) => query.set({ method: chosen })}
        />
        <Choice
          look="bare"
          label={t("payments.reason")}
          any={t("payments.any_reason")}
          value={query.get("decline_category")}
          options={CATEGORIES.map((value) => ({ value, label: t(`declines.${value}`) }))}
          onChange={(decline_category) => query.set({ decline_category })}
        />
        <Choice
          look="bare"
          label={t("payments.currency")}
          any={t("payments.any_currency")}
          value={currency_code}
          options={currencies.map((value) => ({ value, label: <bdi>{value.toUpperCase()}</bdi> }))}
          onChange={(chosen) => query.set({ currency_code: chosen })}
        />
        {currency_code !== "" &&
          (["amount_min", "amount_max"] as const).map((name) => (
            <TypedField
              key={name}
              label={`${t(name === "amount_min" ? "payments.least" : "payments.most")} (${currency_code.toUpperCase()})`}
              className="w-40"
              inputMode="decimal"
              name={name}
              query={query}
            />
          ))}
        {is_filtered && (
          <Button
            size="small"
            variant="transparent"
            onClick={() => query.set(Object.fromEntries(["q", ...LIST_FILTERS].map((name) => [name, ""])))}
          >
            {t("payments.clear")}
          </Button>
        )}
      </div>
      {query.get("q") !== "" && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("payments.search_everywhere")}
        </Text>
      )}
    </div>
  );
}

/** A field that takes effect when one is done typing: with the enter key, or on leaving it. */
function TypedField({
  label,
  placeholder = label,
  className,
  name,
  query,
  ...input
}: Readonly<{
  label: string;
  placeholder?: string;
  className: string;
  name: string;
  query: QueryState;
  role?: "searchbox";
  inputMode?: "decimal";
}>): ReactElement {
  const chosen = query.get(name);
  const [typed, setTyped] = useState(chosen);
  useEffect(() => setTyped(chosen), [chosen]);
  const apply = () => {
    if (typed.trim() !== chosen) query.set({ [name]: typed.trim() });
  };
  return (
    <form
      role="search"
      aria-label={label}
      className={className}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        apply();
      }}
    >
      <Input
        size="small"
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={apply}
        {...input}
      />
    </form>
  );
}
