import { digitsOf, latinDigits } from "./card-number";

export type Expiry = Readonly<{ exp_month: number; exp_year: number }>;

/** A date as typed: `month` has at most two digits; `isParted` is said of one with something between its parts. */
type Parts = Readonly<{ month: string; year: string; isParted: boolean }>;

/** As a browser's autofill or a month field writes it, e.g. `2035-12`. */
const YEAR_FIRST = /^\D*(20\d\d)\D+(\d{1,2})\D*$/;
const MONTH_FIRST = /^\D*(\d{1,2})\D+(\d*)\D*$/;

/**
 * What was typed as `MM / YY`, or `MM / YYYY` where the year is written out. A month that can only have one digit
 * gets its zero, but not while the shopper is deleting: it may be half of what it was.
 */
export function formatExpiry(typed: string, before: string): string {
  const isDeleting = typed.length < before.length;
  const { month, year, isParted } = partsOf(typed);
  const isWhole = isParted ? /^[1-9]$/.test(month) && !isDeleting : /^[2-9]$/.test(month);
  const shown = isWhole ? `0${month}` : month;
  if (year === "" && (isDeleting || shown.length < 2)) return shown;
  return `${shown} / ${year.slice(0, year.startsWith("20") ? 4 : 2)}`;
}

/** The month and four-digit year in `MM / YY`, `M/YY` or `MM / YYYY`, or null when it is not a date. */
export function parseExpiry(text: string): Expiry | null {
  const { month, year } = partsOf(text);
  const exp_month = Number(month);
  if (exp_month < 1 || exp_month > 12 || ![2, 4].includes(year.length)) return null;
  return { exp_month, exp_year: year.length === 4 ? Number(year) : 2000 + Number(year) };
}

/** True when the month is over. A card is good until its month's last day. */
export function isPast({ exp_month, exp_year }: Expiry, now: Date = new Date()): boolean {
  return exp_year * 12 + exp_month < now.getFullYear() * 12 + now.getMonth() + 1;
}

function partsOf(text: string): Parts {
  const latin = latinDigits(text);
  const [, isoYear, isoMonth] = YEAR_FIRST.exec(latin) ?? [];
  if (isoYear && isoMonth) return { month: isoMonth, year: isoYear, isParted: true };
  const [, month, year = ""] = MONTH_FIRST.exec(latin) ?? [];
  if (month) return { month, year, isParted: true };
  const digits = digitsOf(latin);
  return { month: digits.slice(0, 2), year: digits.slice(2), isParted: false };
}
