import { checkCard, fieldInNeed, toConfirmData } from "../card-draft";
import { brandOf, digitsOf, formatCardNumber, isCardNumber } from "../card-number";
import { caretIn } from "../caret";
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
    ["1/", "1", "01 / "],
    ["1 / 27", "12 / 27", "1 / 27"],
    ["2 / 27", "12 / 27", "2 / 27"],
    ["12 / 203", "12 / 20", "12 / 203"],
    ["12 / 20355", "12 / 2035", "12 / 2035"],
    ["12 / 275", "12 / 27", "12 / 27"],
    ["٠١٢٧", "", "01 / 27"],
  ])("typed %j after %j reads %j", (typed, before, shown) => expect(formatExpiry(typed, before)).toBe(shown));

  it.each([
    ["12/2035", "12 / 2035", { exp_month: 12, exp_year: 2035 }],
    ["12/35", "12 / 35", { exp_month: 12, exp_year: 2035 }],
    ["1/27", "01 / 27", { exp_month: 1, exp_year: 2027 }],
    ["01 / 27", "01 / 27", { exp_month: 1, exp_year: 2027 }],
    ["1227", "12 / 27", { exp_month: 12, exp_year: 2027 }],
    ["122035", "12 / 2035", { exp_month: 12, exp_year: 2035 }],
    ["2035-12", "12 / 2035", { exp_month: 12, exp_year: 2035 }],
    ["2035-1", "01 / 2035", { exp_month: 1, exp_year: 2035 }],
  ])("pasted or filled in as %j reads %j and is understood", (typed, shown, expiry) => {
    expect(formatExpiry(typed, "")).toBe(shown);
    expect(parseExpiry(shown)).toEqual(expiry);
    expect(parseExpiry(typed)).toEqual(expiry);
  });

  it("typed key by key comes out the same, with the slash or without", () => {
    const type = (keys: string): string =>
      [...keys].reduce((shown, key) => formatExpiry(`${shown}${key}`, shown), "");
    expect(["12/2035", "122035", "1/27", "1227", "5/27", "527"].map(type)).toEqual([
      "12 / 2035",
      "12 / 2035",
      "01 / 27",
      "12 / 27",
      "05 / 27",
      "05 / 27",
    ]);
  });

  it("with a month of one digit, left over from deleting, is understood", () => {
    expect(parseExpiry("1 / 27")).toEqual({ exp_month: 1, exp_year: 2027 });
  });

  it.each(["13 / 40", "00 / 40", "12 / 4", "12 / 203", ""])("%j is no date", (text) =>
    expect(parseExpiry(text)).toBeNull(),
  );

  it("is past when its month is over, not before", () => {
    expect(isPast({ exp_month: 6, exp_year: 2030 }, NOW)).toBe(false);
    expect(isPast({ exp_month: 5, exp_year: 2030 }, NOW)).toBe(true);
  });
});

describe("the caret", () => {
  it.each([
    ["at the end stays at the end", "12 / ", "12", 2, 5],
    ["in the middle stays behind its digit", "4242 5424 2", "4242 54242", 6, 6],
    ["behind the last digit of a group stays there", "4242 1424 2", "42421 4242", 5, 6],
    ["in front of everything stays there", "1242 42", "124242", 0, 0],
    ["goes along when the month gets its zero", "05 / 27", "5 / 27", 1, 2],
    ["goes to the end when its digit was cut off", "12 / 27", "12 / 27599", 9, 7],
  ])("%s", (_, shown, typed, at, expected) => expect(caretIn(shown, typed, at)).toBe(expected));
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
