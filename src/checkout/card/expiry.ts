import { digitsOf } from "./card-number";

export type Expiry = Readonly<{ exp_month: number; exp_year: number }>;

/** What was typed as `MM / YY`; a month that can only have one digit gets its zero. */
export function formatExpiry(typed: string, before: string): string {
  const isDeleting = typed.length < before.length;
  let digits = digitsOf(typed).slice(0, 4);
  if (/^[2-9]$/.test(digits)) digits = `0${digits}`;
  if (digits.length < 2 || (digits.length === 2 && isDeleting)) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

/** The month and four-digit year in `MM / YY`, or null when it is not a date. */
export function parseExpiry(text: string): Expiry | null {
  const digits = digitsOf(text);
  const exp_month = Number(digits.slice(0, 2));
  if (digits.length !== 4 || exp_month < 1 || exp_month > 12) return null;
  return { exp_month, exp_year: 2000 + Number(digits.slice(2)) };
}

/** True when the month is over. A card is good until its month's last day. */
export function isPast({ exp_month, exp_year }: Expiry, now: Date = new Date()): boolean {
  return exp_year * 12 + exp_month < now.getFullYear() * 12 + now.getMonth() + 1;
}
