import type {
  AdminOptionRules,
  Named,
  OptionRulesBody,
} from "../../../api/admin/tender/providers/[id]/rules/contract";

/** Rules as they stand in the form: amounts as they were typed. */
export type RulesDraft = Readonly<{
  currencies: readonly Named[];
  countries: readonly Named[];
  amounts: Readonly<Record<string, Readonly<{ min: string; max: string }>>>;
  groups_only: readonly Named[];
  groups_never: readonly Named[];
  products_only: readonly Named[];
  products_never: readonly Named[];
}>;

const NO_LIMIT = { min: "", max: "" };

/**
 * The form for these rules.
 * @param currencies that can be limited, in lower case; those with a limit are always among them
 */
export function draftOf(
  rules: AdminOptionRules,
  currencies: readonly string[],
  countryName: (code: string) => string,
): RulesDraft {
  const typed = (amount: number | null): string => (amount === null ? "" : String(amount));
  return {
    currencies: rules.currencies.map(currency),
    countries: rules.countries.map((code) => ({ id: code, name: countryName(code) })),
    amounts: {
      ...Object.fromEntries(currencies.map((code) => [code, NO_LIMIT])),
      ...Object.fromEntries(
        rules.amounts.map(({ currency_code, min, max }) => [
          currency_code,
          { min: typed(min), max: typed(max) },
        ]),
      ),
    },
    groups_only: rules.customer_groups.only,
    groups_never: rules.customer_groups.never,
    products_only: rules.products.only,
    products_never: rules.products.never,
  };
}

/** A currency as it can be chosen. */
export function currency(code: string): Named {
  return { id: code, name: code.toUpperCase() };
}

/** What is sent to be saved. What was deleted meanwhile stays: an "only" without it would let everybody in. */
export function bodyOf(draft: RulesDraft): OptionRulesBody {
  const amount = (typed: string): number | null => (typed.trim() === "" ? null : Number(typed));
  return {
    currencies: draft.currencies.map(({ id }) => id),
    countries: draft.countries.map(({ id }) => id),
    amounts: Object.entries(draft.amounts).map(([currency_code, { min, max }]) => ({
      currency_code,
      min: amount(min),
      max: amount(max),
    })),
    customer_groups: { only: idsOf(draft.groups_only), never: idsOf(draft.groups_never) },
    products: { only: idsOf(draft.products_only), never: idsOf(draft.products_never) },
  };
}

function idsOf(named: readonly Named[]): string[] {
  return named.map(({ id }) => id);
}
