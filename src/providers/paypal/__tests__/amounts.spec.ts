import { money } from "../../../gateway/money";
import { CURRENCIES, fromApiMoney, LIMITS, toApiMoney } from "../amounts";

describe("amounts as PayPal writes them", () => {
  it.each([
    [1234n, "EUR", "12.34"],
    [1n, "EUR", "0.01"],
    [1000n, "JPY", "1000"],
    [1000n, "HUF", "10"],
    [120_000n, "TWD", "1200"],
    [99_999_999_999_999_999n, "USD", "999999999999999.99"],
  ])("are exact: %s minor units of %s are %s", (amount_minor, currencyCode, value) => {
    const amount = money(amount_minor, currencyCode);
    expect(toApiMoney(amount)).toEqual({ currencyCode, value });
    expect(fromApiMoney({ currencyCode, value })).toEqual(amount);
  });

  it.each([
    [1050n, "HUF"],
    [1n, "TWD"],
    [1000n, "KWD"],
    [1000n, "KRW"],
  ])(
    "are refused before anything is sent where PayPal cannot hold them: %s minor units of %s",
    (minor, code) => {
      expect(() => toApiMoney(money(minor, code))).toThrow(expect.objectContaining({ kind: "unavailable" }));
    },
  );

  it.each([
    ["EUR", "1.005"],
    ["JPY", "1.5"],
    ["EUR", "-1.00"],
    ["EUR", "1,00"],
    ["EUR", "1e3"],
    ["EUR", ""],
  ])("are not understood where they are none: %s %s", (currencyCode, value) => {
    expect(() => fromApiMoney({ currencyCode, value })).toThrow(expect.objectContaining({ kind: "unknown" }));
  });

  it("are read with more zeros than the currency has decimals", () => {
    expect(fromApiMoney({ currencyCode: "JPY", value: "1000.00" })).toEqual(money(1000n, "JPY"));
    expect(fromApiMoney({ currencyCode: "HUF", value: "10" })).toEqual(money(1000n, "HUF"));
  });

  it("have limits in ISO 4217's minor units for every currency", () => {
    expect(Object.keys(LIMITS)).toEqual(CURRENCIES);
    expect(LIMITS.HUF?.min_minor).toBe(100n);
    expect(LIMITS.JPY?.min_minor).toBe(1n);
    expect(LIMITS.EUR).toEqual({ min_minor: 1n, max_minor: 99_999_999_999_999_900n });
  });
});
