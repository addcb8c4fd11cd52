import { decimalOf, minorOf, parseAmount } from "../amount";

describe("an amount that is typed", () => {
  it.each([
    ["20", 2, 2_000n],
    ["20.5", 2, 2_050n],
    ["0,05", 2, 5n],
    ["69.80", 2, 6_980n],
    ["500", 0, 500n],
    ["1.234", 3, 1_234n],
    ["١٢٫٥٠", 2, 1_250n],
    ["۱۲٫۵", 2, 1_250n],
  ])("%s with %s digits is %s of the smallest unit", (text, digits, minor) => {
    expect(parseAmount(text, digits)).toBe(minor);
  });

  it.each([
    ["", 2],
    ["1.005", 2],
    ["1.5", 0],
    ["-3", 2],
    ["1e3", 2],
    ["1,000.00", 2],
  ])("%s with %s digits is none", (text, digits) => {
    expect(parseAmount(text, digits)).toBeUndefined();
  });
});

it("goes from the API's decimals to the smallest unit and back without loss", () => {
  for (const [amount, digits] of [
    [69.8, 2],
    [0.29, 2],
    [500, 0],
    [1.234, 3],
  ] as const) {
    expect(decimalOf(minorOf(amount, digits), digits)).toBe(amount);
  }
});
