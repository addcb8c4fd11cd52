import type { ChosenPeriod } from "./period";
import type { QueryState } from "./use-query-state";

/** The filters of the list, beside what the whole page is about. */
export const LIST_FILTERS = [
  "status",
  "method",
  "currency_code",
  "decline_category",
  "amount_min",
  "amount_max",
] as const;

/** What the list and its file are asked for. A search looks everywhere: an order's number is wanted whenever it was paid. */
export function attemptQuery({ get }: QueryState, { from, to }: ChosenPeriod): Record<string, string> {
  const own = Object.fromEntries(LIST_FILTERS.map((name) => [name, get(name)]));
  const about = get("q")
    ? { q: get("q") }
    : { from, to: to ?? "", region_id: get("region_id"), provider_id: get("provider_id") };
  // Amounts are told in a currency.
  const amounts = get("currency_code") ? {} : { amount_min: "", amount_max: "" };
  return Object.fromEntries(
    Object.entries({ ...own, ...about, ...amounts }).filter(([, value]) => value !== ""),
  );
}
