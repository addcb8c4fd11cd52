/** More digits than any currency has: an amount is never rounded for display. */
const MOST_DIGITS = 4;

/** An amount with its currency, e.g. `€24.00`; `amount` is a decimal in the currency's main unit. */
export function formatMoney(amount: number, currency_code: string, language: string): string {
  return new Intl.NumberFormat(localeTag(language), {
    style: "currency",
    currency: currency_code,
    maximumFractionDigits: MOST_DIGITS,
  }).format(amount);
}

/** A time in the reader's zone: short for the page, and with its zone for whoever asks. */
export function formatTime(iso: string, language: string): { short: string; withZone: string } {
  const time = new Date(iso);
  const locale = localeTag(language);
  return {
    short: time.toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium" }),
    withZone: time.toLocaleString(locale, { dateStyle: "full", timeStyle: "long" }),
  };
}

/** The dashboard writes `ptBR` where browsers read `pt-BR`. */
export function localeTag(language: string): string {
  return language.replace(/^([a-z]{2})([A-Z]{2})$/, "$1-$2");
}
