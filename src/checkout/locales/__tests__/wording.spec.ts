import { ar } from "../ar";
import { en, type TextKey } from "../en";
import { toLocale, wordingOf } from "..";

const KEYS = Object.keys(en) as TextKey[];
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the texts", () => {
  it.each(KEYS)("of %s have the same places in both languages", (key) => {
    expect(places(ar[key])).toEqual(places(en[key]));
  });

  it("fill in their places", () => {
    expect(wordingOf("en").t("pay.button", { amount: "€24.00" })).toBe("Pay €24.00");
  });

  it("can be a store's own", () => {
    expect(wordingOf("en", "latn", { "options.title": "How to pay" }).t("options.title")).toBe("How to pay");
  });

  it.each([
    ["ar-EG", "ar"],
    ["EN", "en"],
    ["de", "en"],
  ])("of %s are those of %s", (tag, locale) => expect(toLocale(tag)).toBe(locale));
});

describe("a time from now", () => {
  it.each([
    [9, "in 9 seconds"],
    [100, "in 2 minutes"],
    [3_599, "in 60 minutes"],
    [5_401, "in 2 hours"],
  ])("of %i seconds is %s", (seconds, text) => expect(wordingOf("en").soon(seconds)).toBe(text));

  it("in Arabic has the store's choice of digits", () => {
    expect(wordingOf("ar").soon(720)).toBe("بعد 12 دقيقة");
    expect(wordingOf("ar", "arab").soon(720)).toBe("بعد ١٢ دقيقة");
  });
});

describe("amounts", () => {
  it("are written as the language writes money", () => {
    expect(wordingOf("en").money(24, "eur")).toBe("€24.00");
    expect(wordingOf("en").money(1500, "JPY")).toBe("¥1,500");
  });

  it("in Arabic have the store's choice of digits", () => {
    expect(wordingOf("ar").money(24, "eur")).toContain("24.00");
    expect(wordingOf("ar", "arab").money(24, "eur")).toContain("٢٤");
  });
});
