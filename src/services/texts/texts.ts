import type { Decline } from "../../gateway/declines";
import { moneyToDecimal, type Money } from "../../gateway/money";
import type { IncentiveBenefit } from "../options/types";
import type { RecoveryDecision } from "../recovery/types";
import { ar } from "./ar";
import { en } from "./en";
import {
  COMMON_METHODS,
  LOCALES,
  type CommonMethod,
  type DeclineView,
  type Limit,
  type Locale,
  type MethodTitle,
  type PaymentProblemCode,
  type SpecificReason,
  type Texts,
} from "./types";

export type { DeclineView, Limit, Locale, MethodTitle } from "./types";

/** What a decision must tell for its refusal to be put into words. */
export type ShownDecision = Pick<RecoveryDecision, "action" | "show_generic">;

/** An operator's or gateway's own titles per locale. */
export type TitlesPerLocale = Readonly<Record<string, { title: string; description?: string | null }>>;

/**
 * The best of our languages for a request: the value of `x-medusa-locale` or `Accept-Language` (RFC 9110, 12.5.4),
 * English when nothing fits. Only the first 200 characters are read.
 */
export function localeOf(header: string | undefined): Locale {
  return wantedTags(header).map(ourLocale).find(Boolean) ?? "en";
}

/** The languages of such a header, in lower case, the most wanted first. */
function wantedTags(header: string | undefined): string[] {
  return (header ?? "")
    .slice(0, 200)
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

function ourLocale(tag: string): Locale | undefined {
  const language = languageOf(tag);
  return LOCALES.find((known) => known === language);
}

function languageOf(tag: string): string {
  return tag.split(/[-_]/)[0] ?? tag;
}

/**
 * The title of a method (or of a foreign provider, whose method is its id). Each of `own` is asked first for the
 * languages that are wanted, down to the first that we speak; then the common name; then `own` in English or whatever
 * there is; at last the id made readable.
 * @param locale as {@link localeOf} takes it
 */
export function methodTitle(
  method: string,
  locale: string,
  ...own: (TitlesPerLocale | undefined)[]
): MethodTitle {
  const language = localeOf(locale);
  const tags = wantedTags(locale);
  const ours = tags.findIndex((tag) => ourLocale(tag) !== undefined);
  const wanted = [...tags.slice(0, ours < 0 ? undefined : ours + 1), language].flatMap((tag) => [
    tag,
    languageOf(tag),
  ]);
  const exact = wanted.map((tag) => own.map((titles) => titleIn(titles, tag)).find(Boolean)).find(Boolean);
  const found =
    exact ??
    (isCommon(method) ? TEXTS[language].methods[method] : undefined) ??
    own.map((titles) => titleIn(titles, "en") ?? Object.values(titles ?? {})[0]).find(Boolean);
  return found
    ? { title: found.title, description: found.description ?? null }
    : { title: readable(method), description: null };
}

/**
 * What happened, in a calm sentence that gives nothing away which must stay secret. A refusal moves no money; the
 * page says so beside it.
 */
export function declineMessage(decline: Decline, decision: ShownDecision, locale: Locale): string {
  const texts = TEXTS[locale];
  if (decision.show_generic) {
    return texts.declines[GENERIC.category];
  }
  const reason = specificReason(decline, decision);
  return reason ? texts.reasons[reason] : texts.declines[decline.category];
}

/**
 * A refusal as the shopper may see it. One whose reason must stay secret looks in every field like the bank's plain
 * "no"; a code without a row is not passed on, as nobody has checked what it gives away.
 */
export function declineView(decline: Decline, decision: ShownDecision, locale: Locale): DeclineView {
  const shown = decision.show_generic
    ? GENERIC
    : {
        category: decline.category,
        code: decline.category === "unclassified" ? "unclassified" : decline.code,
      };
  return { ...shown, message: declineMessage(decline, decision, locale), recovery: decision.action };
}

/** Why a payment cannot go on as asked, and what to do. */
export function problemMessage(code: PaymentProblemCode, locale: Locale): string {
  return TEXTS[locale].problems[code];
}

/** Why somebody has to wait, and how long, rounded up. */
export function limitMessage(limit: Limit, wait_s: number, locale: Locale): string {
  const [value, unit] =
    wait_s < 100
      ? ([wait_s, "second"] as const)
      : wait_s < 5_400
        ? ([wait_s / 60, "minute"] as const)
        : ([wait_s / 3_600, "hour"] as const);
  // Latin digits in every language: the operator's choice of digits concerns amounts on our own page.
  const when = new Intl.RelativeTimeFormat(`${locale}-u-nu-latn`).format(Math.ceil(value), unit);
  // CLDR's Arabic says "within", which reads like a deadline; "after" is meant.
  return TEXTS[locale].limits[limit].replace("{when}", when.replace("خلال", "بعد"));
}

/** What a promotion brings, in a few words: "Free shipping", "5% off". */
export function benefitTitle(benefit: IncentiveBenefit | null, locale: Locale): string {
  const { benefits } = TEXTS[locale];
  if (benefit === null) {
    return benefits.discount;
  }
  const { from, off } = benefit;
  if (from === "shipping" && "percent" in off && off.percent >= 100) {
    return benefits.free_shipping;
  }
  const shown = "percent" in off ? percent(off.percent, locale) : amount(off, locale);
  return benefits[from === "shipping" ? "off_shipping" : "off_goods"].replace("{off}", () => shown);
}

function percent(value: number, locale: Locale): string {
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: "percent", maximumFractionDigits: 2 }).format(
    value / 100,
  );
}

function amount(off: Money, locale: Locale): string {
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, { style: "currency", currency: off.currency }).format(
    // A formatter takes the decimal as it is written, without going through a float.
    moneyToDecimal(off) as `${number}`,
  );
}

const TEXTS: Readonly<Record<Locale, Texts>> = { en, ar };

/** How refusals look whose reason is secret (Stripe docs, Decline codes: "present as generic_decline"). */
const GENERIC = { category: "issuer_generic", code: "generic_decline" } as const;

/** Codes that deserve their own sentence. Source: Stripe docs, Decline codes; PayPal Orders v2, issues. */
const REASON_OF_CODE: ReadonlyMap<string, SpecificReason> = new Map([
  ["incorrect_number", "card_number"],
  ["invalid_number", "card_number"],
  ["incorrect_cvc", "security_code"],
  ["invalid_cvc", "security_code"],
  ["invalid_expiry_month", "expiry_date"],
  ["invalid_expiry_year", "expiry_date"],
  ["INVALID_EXPIRY_DATE", "expiry_date"],
  ["incorrect_zip", "postal_code"],
  ["incorrect_address", "postal_code"],
  ["expired_card", "expired_card"],
  ["CARD_EXPIRED", "expired_card"],
  ["insufficient_funds", "insufficient_funds"],
  ["card_velocity_exceeded", "spending_limit"],
  ["withdrawal_count_limit_exceeded", "spending_limit"],
  ["TRANSACTION_LIMIT_EXCEEDED", "spending_limit"],
]);

/** Before 3-D Secure was done the bank asks for it; after it, the bank has said no. */
function specificReason(decline: Decline, decision: ShownDecision): SpecificReason | undefined {
  return decline.category === "authenticate" && decision.action !== "authenticate"
    ? "authentication_failed"
    : REASON_OF_CODE.get(decline.code);
}

/** A tag comes from the request, so it must not reach what objects inherit. */
function titleIn(titles: TitlesPerLocale | undefined, tag: string) {
  const wanted = tag.toLowerCase();
  return Object.entries(titles ?? {}).find(([locale]) => locale.toLowerCase() === wanted)?.[1];
}

function isCommon(method: string): method is CommonMethod {
  return COMMON_METHODS.some((common) => common === method);
}

/** `pp_acme-pay_main` reads "Acme pay main". */
function readable(id: string): string {
  const words = id
    .replace(/^pp_/, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
  return words === "" ? id : words.charAt(0).toUpperCase() + words.slice(1);
}
