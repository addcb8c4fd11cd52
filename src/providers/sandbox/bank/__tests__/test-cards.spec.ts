import { instrumentOfToken, mistakeIn } from "../cards";
import { cardByNumber, cardByToken, DECLINES, TEST_CARDS } from "../test-cards";

const NOW = Date.UTC(2030, 5, 15);
const good = { number: "4242424242424242", exp_month: 6, exp_year: 2030, cvc: "123" };

describe("the bank's test cards", () => {
  it("name each token and each number once", () => {
    const tokens = TEST_CARDS.map(({ token }) => token);
    const numbers = TEST_CARDS.flatMap(({ number }) => number ?? []);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.each(TEST_CARDS.filter(({ number }) => number && number !== "4242424242424241"))(
    "have a number that gets past the check of the form: $token",
    ({ number = "", brand }) => {
      expect(mistakeIn({ ...good, number, cvc: brand === "amex" ? "1234" : "123" }, NOW)).toBeUndefined();
      expect(cardByNumber(number)).toBeDefined();
    },
  );

  it.each(Object.keys(DECLINES))("reach the code %s by a token", (code) => {
    const behaviour = cardByToken(`tok_${code}`)?.behaviour;
    expect(behaviour).toMatchObject({ type: "decline", decline: { code } });
  });

  it("give a token the fingerprint of the same card's number", () => {
    const visa = TEST_CARDS[0];
    const other = TEST_CARDS[1];
    if (!visa || !other) {
      throw new Error("The table is empty.");
    }
    expect(instrumentOfToken(visa, "key")).toMatchObject({ last4: "4242" });
    expect(instrumentOfToken(visa, "key").fingerprint).not.toBe(instrumentOfToken(other, "key").fingerprint);
    expect(instrumentOfToken(visa, "key").fingerprint).not.toBe(
      instrumentOfToken(visa, "other key").fingerprint,
    );
  });
});

describe("a mistyped card", () => {
  it.each([
    ["a wrong check digit", { number: "4242424242424241" }, "incorrect_number"],
    ["letters", { number: "4242x" }, "incorrect_number"],
    ["month 13", { exp_month: 13 }, "invalid_expiry_month"],
    ["month 0", { exp_month: 0 }, "invalid_expiry_month"],
    ["last month", { exp_month: 5 }, "invalid_expiry_year"],
    ["last year", { exp_month: 12, exp_year: 29 }, "invalid_expiry_year"],
    ["a short code", { cvc: "12" }, "invalid_cvc"],
    ["a long code", { cvc: "1234" }, "invalid_cvc"],
    ["a three-digit code on an Amex", { number: "378282246310005" }, "invalid_cvc"],
  ])("with %s is told apart", (_name, change, code) => {
    expect(mistakeIn({ ...good, ...change }, NOW)).toBe(code);
  });

  it.each([
    ["this month", {}],
    ["two digits of the year", { exp_year: 30 }],
    ["spaces and dashes", { number: "4242 4242-4242 4242" }],
  ])("is none with %s", (_name, change) => {
    expect(mistakeIn({ ...good, ...change }, NOW)).toBeUndefined();
  });
});
