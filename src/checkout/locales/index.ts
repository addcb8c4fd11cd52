import { ar } from "./ar";
import { en, type TextKey, type Texts } from "./en";

/** The languages the checkout speaks; the first is the one it falls back to. */
export const LOCALES = ["en", "ar"] as const;

export type Locale = (typeof LOCALES)[number];
export type { TextKey, Texts };

/** Which digits amounts are written with: Latin (0123) or Arabic-Indic (٠١٢٣). */
export type Digits = "latn" | "arab";

const TEXTS: Readonly<Record<Locale, Texts>> = { en, ar };
const RIGHT_TO_LEFT: readonly Locale[] = ["ar"];

/** The language of ours that serves a tag such as `ar-EG` best. */
export function toLocale(tag: string): Locale {
  const language = tag.toLowerCase().split("-")[0];
  return LOCALES.find((locale) => locale === language) ?? LOCALES[0];
}

/** The words, amounts and direction of one language. */
export interface Wording {
  locale: Locale;
  dir: "ltr" | "rtl";
  /** The text of `key` with its `{places}` filled in. */
  t(key: TextKey, places?: Readonly<Record<string, string | number>>): string;
  /** An amount in the currency's main unit, written as this language writes money. */
  money(amount: number, currencyCode: string): string;
  number(value: number): string;
  /** A time from now, e.g. "in 12 minutes", rounded up. */
  soon(seconds: number): string;
}

const SECONDS_OF = { second: 1, minute: 60, hour: 3_600 } as const;

/**
 * The wording of a language.
 * @param digits the digits of amounts, where the language has more than one kind
 * @param overrides a store's own texts, by key
 */
export function wordingOf(locale: Locale, digits: Digits = "latn", overrides: Partial<Texts> = {}): Wording {
  const texts = { ...TEXTS[locale], ...overrides };
  const numberingSystem = locale === "ar" ? digits : "latn";
  return {
    locale,
    dir: RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr",
    t: (key, places = {}) =>
      texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole)),
    money: (amount, currencyCode) =>
      new Intl.NumberFormat(locale, {
        style: "currency",
        currency: currencyCode.toUpperCase(),
        numberingSystem,
      }).format(amount),
    number: (value) => new Intl.NumberFormat(locale, { numberingSystem }).format(value),
    soon: (seconds) => {
      const unit = seconds < 100 ? "second" : seconds < 5_400 ? "minute" : "hour";
      const format = new Intl.RelativeTimeFormat(`${locale}-u-nu-${numberingSystem}`);
      // CLDR's Arabic says "within", which reads like a deadline; "after" is meant.
      return format.format(Math.ceil(seconds / SECONDS_OF[unit]), unit).replace("خلال", "بعد");
    },
  };
}
