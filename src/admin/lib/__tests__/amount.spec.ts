import { decimalOf, minorOf, parseAmount } from "../amount";

describe("an amount that is typed", () => {
  it.each([
    ["20", "eur", 2_000n],
    ["20.5", "eur", 2_050n],
    ["0,05", "eur", 5n],
    ["69.80", "eur", 6_980n],
    ["500", "jpy", 500n],
    ["1.234", "kwd", 1_234n],
  ])("%s in %s is %s of the smallest unit", (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    ["", "eur"],
    ["1.005", "eur"],
    ["1.5", "jpy"],
    ["-3", "eur"],
    ["1e3", "eur"],
    ["1,000.00", "eur"],
  ])("%s in %s is none", (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined();
  });
});

it("goes from the API's decimals to the smallest unit and back without loss", () => {
  for (const [amount, currency] of [
    [69.8, "eur"],
    [0.29, "usd"],
    [500, "jpy"],
    [1.234, "kwd"],
  ] as const) {
    expect(decimalOf(minorOf(amount, currency), currency)).toBe(amount);
  }
});
