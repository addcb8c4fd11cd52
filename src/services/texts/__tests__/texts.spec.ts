import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { ar } from "../ar";
import { en } from "../en";
import { declineMessage, declineView, localeOf, methodTitle, limitMessage, problemMessage } from "../texts";
import { COMMON_METHODS, LOCALES, SPECIFIC_REASONS, type Locale, type Texts } from "../types";

const TEXTS: Record<Locale, Texts> = { en, ar };
const SHOWN = { action: "choose_another_method", show_generic: false } as const;
const SECRET = { action: "choose_another_method", show_generic: true } as const;

describe("the language of a request", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["ar", "ar"],
    ["ar-EG", "ar"],
    ["AR_sa", "ar"],
    ["fr-FR, ar;q=0.5", "ar"],
    ["en;q=0.4, ar;q=0.9", "ar"],
    ["ar;q=0, en", "en"],
    ["ar;q=1.2.3", "en"],
    ["de,fr;q=0.9", "en"],
  ] as const)("%p is answered in %s", (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});

describe("titles", () => {
  it.each(COMMON_METHODS)("%s has one in every language", (method) => {
    for (const locale of LOCALES) {
      const { title, description } = methodTitle(method, locale);
      expect(title).toBe(TEXTS[locale].methods[method].title);
      expect(description?.length).toBeGreaterThan(0);
    }
  });

  it("the operator's words come first, in the shopper's language", () => {
    const own = { en: { title: "Bank card" } };
    expect(methodTitle("card", "en", own)).toEqual({ title: "Bank card", description: null });
    expect(methodTitle("card", "ar", own).title).toBe("بطاقة");
    expect(methodTitle("card", "fr-FR", { "fr-FR": { title: "Carte" } }).title).toBe("Carte");
  });

  it("a method without a common name is called what its gateway calls it, or its id made readable", () => {
    expect(methodTitle("swish", "ar", { en: { title: "Swish" } }).title).toBe("Swish");
    expect(methodTitle("pp_acme-pay_main", "en")).toEqual({ title: "Acme pay main", description: null });
    expect(methodTitle("pp_", "en").title).toBe("pp_");
  });

  it("a locale from the request reaches nothing but titles", () => {
    expect(methodTitle("card", "constructor", { en: { title: "Bank card" } }).title).toBe("Bank card");
  });
});

describe("messages", () => {
  const said = LOCALES.flatMap((locale) => [
    ...DECLINE_CATEGORIES.map((category) => [locale, category, TEXTS[locale].declines[category]] as const),
    ...SPECIFIC_REASONS.map((reason) => [locale, reason, TEXTS[locale].reasons[reason]] as const),
  ]);

  it.each(said)(
    "%s %s says what happened and leaves to the page that nothing was charged",
    (locale, _of, message) => {
      const nothing_charged = { en: "Nothing was charged.", ar: "لم يُخصم أي مبلغ." }[locale];
      expect(message).not.toContain(nothing_charged);
    },
  );

  it("Arabic is Arabic throughout, brand names aside", () => {
    for (const [, , message] of said.filter(([locale]) => locale === "ar")) {
      expect(message).not.toMatch(/[A-Za-z]/);
    }
  });

  it("a code that helps has its own sentence", () => {
    expect(declineMessage({ category: "fix_data", code: "incorrect_cvc" }, SHOWN, "en")).toBe(
      en.reasons.security_code,
    );
    expect(declineMessage({ category: "fix_data", code: "something_else" }, SHOWN, "ar")).toBe(
      ar.declines.fix_data,
    );
  });

  it("3-D Secure reads as a request before it was done and as a refusal after", () => {
    const decline = { category: "authenticate", code: "authentication_required" } as const;
    expect(declineMessage(decline, { ...SHOWN, action: "authenticate" }, "en")).toBe(
      en.declines.authenticate,
    );
    expect(declineMessage(decline, SHOWN, "en")).toBe(en.reasons.authentication_failed);
  });
});

describe("what the shopper sees of a refusal", () => {
  it("is its own category and code where they may be known", () => {
    expect(
      declineView({ category: "funds_limit", code: "insufficient_funds", network_code: "51" }, SHOWN, "en"),
    ).toEqual({
      category: "funds_limit",
      code: "insufficient_funds",
      message: en.reasons.insufficient_funds,
      recovery: "choose_another_method",
    });
  });

  it.each([
    ["never", "lost_card"],
    ["never", "stolen_card"],
    ["risk", "fraudulent"],
    ["never", "expired_card"],
  ] as const)("is the plain refusal of any bank for %s %s, word for word", (category, code) => {
    for (const locale of LOCALES) {
      const plain = declineView({ category: "issuer_generic", code: "generic_decline" }, SHOWN, locale);
      expect(declineView({ category, code, network_code: "41" }, SECRET, locale)).toEqual(plain);
    }
  });

  it("does not pass on a code nobody has checked", () => {
    expect(declineView({ category: "unclassified", code: "STOLEN_V2" }, SHOWN, "en").code).toBe(
      "unclassified",
    );
  });
});

describe("the message of a problem", () => {
  const codes = Object.keys(en.problems) as (keyof Texts["problems"])[];

  it.each(codes)(
    "%s is a sentence in the shopper's language, and says nothing of how it works inside",
    (code) => {
      expect(problemMessage(code, "en")).toMatch(/^[A-Z][^_{}]+\.$/);
      // The name of a header stays as it is written.
      expect(problemMessage(code, "ar").replace("Idempotency-Key", "")).toMatch(
        /^[\u0600-\u06FF][^A-Za-z_{}]+\.$/,
      );
    },
  );
});

describe("the message of a limit", () => {
  it.each([
    [1, "in 1 second"],
    [99, "in 99 seconds"],
    [100, "in 2 minutes"],
    [3_600, "in 60 minutes"],
    [7_201, "in 3 hours"],
  ])("of %i seconds says %s", (wait_s, when) => {
    expect(limitMessage("refused_payments", wait_s, "en")).toContain(`You can try again ${when}, or contact`);
  });

  it.each([
    [120, "بعد دقيقتين"],
    [720, "بعد 12 دقيقة"],
  ])("says it in Arabic grammar, for %i seconds", (wait_s, when) => {
    expect(limitMessage("requests", wait_s, "ar")).toContain(when);
  });
});
