import { money } from "../../../gateway/money";
import { CURRENCIES, fromApiAmount, LIMITS, toApiAmount } from "../amounts";

describe("amounts at Stripe", () => {
  it.each([
    ["EUR", 1234n, 1234],
    ["JPY", 1000n, 1000],
    ["KWD", 12_340n, 12_340],
    // Two decimals for Stripe, none for ISO 4217.
    ["ISK", 500n, 50_000],
    ["UGX", 500n, 50_000],
    // None for Stripe, two for ISO 4217.
    ["MGA", 500_00n, 500],
    ["HUF", 500_00n, 50_000],
  ])("are counted as Stripe counts %s: %s is %s, and back", (currency, minor, amount) => {
    expect(toApiAmount(money(minor, currency))).toEqual({ amount, currency: currency.toLowerCase() });
    expect(fromApiAmount(amount, currency.toLowerCase())).toEqual(money(minor, currency));
  });

  it.each([
    ["KWD", 12_345n],
    ["BHD", 1n],
    ["MGA", 50n],
    ["EUR", 10n ** 17n],
  ])("in %s of %s cannot be represented, and are refused instead of rounded", (currency, minor) => {
    expect(() => toApiAmount(money(minor, currency))).toThrow("cannot take exactly");
  });

  it("with a fraction that the currency does not have are not believed", () => {
    expect(() => fromApiAmount(150, "isk")).toThrow("no whole minor units");
  });

  it("have the published limits, in minor units of ISO 4217", () => {
    expect(LIMITS.EUR).toEqual({ min_minor: 50n, max_minor: 99_999_999n });
    expect(LIMITS.JPY).toEqual({ min_minor: 50n });
    expect(LIMITS.GBP?.min_minor).toBe(30n);
  });

  it("have each currency once", () => {
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
  });
});
