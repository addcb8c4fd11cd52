import type { QueryState } from "./use-query-state";

export const PERIODS = ["24h", "7d", "30d", "90d", "365d"] as const;
export type PeriodName = (typeof PERIODS)[number];

const HOURS: Readonly<Record<PeriodName, number>> = {
  "24h": 24,
  "7d": 168,
  "30d": 720,
  "90d": 2_160,
  "365d": 8_760,
};
const HOUR_MS = 3_600_000;

/** What the API is asked for: a named period, or days of the operator's zone. */
export type ChosenPeriod =
  | Readonly<{ name: PeriodName; from: string; to?: undefined }>
  | Readonly<{ name: "custom"; from: string; to: string }>;

/** The period in the page's address; the last 30 days where it names none that can be read. */
export function chosenPeriod({ get }: QueryState, now: Date): ChosenPeriod {
  const name = get("period");
  const days = name === "custom" ? daysOf(get("from"), get("to")) : undefined;
  if (days) return { name: "custom", ...days };
  const known = PERIODS.find((period) => period === name) ?? "30d";
  // Whole hours, as figures are counted: the list below tells the same attempts.
  const end = Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS;
  return { name: known, from: new Date(end - HOURS[known] * HOUR_MS).toISOString() };
}

/** From the first day's midnight to the end of the last day. */
function daysOf(first: string, last: string): { from: string; to: string } | undefined {
  const from = midnight(first);
  const to = midnight(last, 1);
  return from && to && from < to ? { from: from.toISOString(), to: to.toISOString() } : undefined;
}

function midnight(day: string, plus_days = 0): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (!year || !month || !date) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(date) + plus_days);
}

/** A day as a date field writes it. */
export function dayOf(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
