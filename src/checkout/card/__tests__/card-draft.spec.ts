import { checkCard, fieldInNeed, toConfirmData } from "../card-draft";
import { brandOf, digitsOf, formatCardNumber, isCardNumber } from "../card-number";
import { formatExpiry, isPast, parseExpiry } from "../expiry";

const NOW = new Date(2030, 5, 15);
const GOOD = { number: "4242 4242 4242 4242", expiry: "12 / 40", cvc: "123" };

describe("a card number", () => {
  it.each([
    ["4242424242424242", "4242 4242 4242 4242", "visa"],
    ["378282246310005", "3782 822463 10005", "amex"],
    ["5555555555554444", "5555 5555 5555 4444", "mastercard"],
    ["2223003122003222", "2223 0031 2200 3222", "mastercard"],
    ["6011111111111117", "6011 1111 1111 1117", ""],
  ])("%s is grouped and known as on the card", (typed, grouped, brand) => {
    expect(formatCardNumber(typed)).toBe(grouped);
    expect(brandOf(typed)).toBe(brand);
    expect(isCardNumber(grouped)).toBe(true);
  });

  it("with a typing mistake is found", () => expect(isCardNumber("4242 4242 4242 4241")).toBe(false));

  it("may be typed with Arabic or Persian digits", () => {
    expect(digitsOf("٤٢٤٢ ۴۲۴۲")).toBe("42424242");
  });
});

describe("an expiry date", () => {
  it.each([
    ["1", "", "1"],
    ["5", "", "05 / "],
    ["12", "1", "12 / "],
    ["12 / 4", "12 / ", "12 / 4"],
    ["12 /", "12 / ", "12"],
    ["1240", "", "12 / 40"],
  ])("typed %j after %j reads %j", (typed, before, shown) => expect(formatExpiry(typed, before)).toBe(shown));

  it.each(["13 / 40", "00 / 40", "12 / 4", ""])("%j is no date", (text) =>
    expect(parseExpiry(text)).toBeNull(),
  );

  it("is past when its month is over, not before", () => {
    expect(isPast({ exp_month: 6, exp_year: 2030 }, NOW)).toBe(false);
    expect(isPast({ exp_month: 5, exp_year: 2030 }, NOW)).toBe(true);
  });
});

describe("a card draft", () => {
  it("is sent as the Store API takes it", () => {
    expect(toConfirmData(GOOD)).toEqual({
      card: { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" },
    });
  });

  it.each([
    [{ number: "" }, "number", "card.error.number_missing"],
    [{ number: "4242" }, "number", "card.error.number_wrong"],
    [{ expiry: "" }, "expiry", "card.error.expiry_missing"],
    [{ expiry: "05 / 30" }, "expiry", "card.error.expiry_past"],
    [{ cvc: "" }, "cvc", "card.error.cvc_missing"],
    [{ cvc: "12" }, "cvc", "card.error.cvc_short"],
  ] as const)("with %j says what is wrong with the %s", (change, field, key) => {
    expect(checkCard({ ...GOOD, ...change }, NOW)[field]?.key).toBe(key);
  });

  it("asks for four digits of the security code of an American Express card", () => {
    const draft = { ...GOOD, number: "3782 822463 10005" };
    expect(checkCard(draft, NOW).cvc).toEqual({ key: "card.error.cvc_short", count: 4 });
  });

  it.each([
    ["expired_card", "expiry"],
    ["incorrect_number", "number"],
    ["incorrect_cvc", "cvc"],
    ["anything_else", "cvc"],
  ])("refused with %s needs a hand at the %s", (code, field) => expect(fieldInNeed(code)).toBe(field));
});
