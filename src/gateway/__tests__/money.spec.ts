import {
  InvalidMoney,
  addMoney,
  exponentOf,
  money,
  moneyFromDecimal,
  wholeMoneyFromDecimal,
  moneyToDecimal,
  sameMoney,
  subtractMoney,
} from "../money";

describe("money", () => {
  it.each([
    ["1000", "JPY", 1000n],
    ["1000.5", "JPY", 1001n],
    ["1000.4", "JPY", 1000n],
    ["12.345", "KWD", 12345n],
    ["12.3455", "KWD", 12346n],
    ["1500", "ISK", 1500n],
    ["2.675", "EUR", 268n],
    [2.675, "EUR", 268n],
    ["98.9009", "EUR", 9890n],
    [98.9009, "USD", 9890n],
    [0.1 + 0.2, "EUR", 30n],
    ["1000000000000000", "EUR", 100000000000000000n],
    [1e15, "JPY", 1000000000000000n],
    ["0", "EUR", 0n],
    ["-2.675", "EUR", -268n],
    [{ value: "69.80", precision: 20 }, "EUR", 6980n],
  ])("reads %p %s as %s minor units", (amount, currency, minor) => {
    expect(moneyFromDecimal(amount as never, currency)).toEqual({ amount_minor: minor, currency });
  });

  it.each([
    [1000n, "JPY", "1000"],
    [12345n, "KWD", "12.345"],
    [5n, "KWD", "0.005"],
    [268n, "EUR", "2.68"],
    [-268n, "EUR", "-2.68"],
    [0n, "EUR", "0.00"],
    [100000000000000000n, "EUR", "1000000000000000.00"],
  ])("writes %s %s as %s", (minor, currency, text) => {
    expect(moneyToDecimal(money(minor, currency))).toBe(text);
  });

  it("comes back unchanged through decimals for every number of digits", () => {
    for (const currency of ["JPY", "EUR", "KWD", "UYW"]) {
      for (const minor of [0n, 1n, 9n, 10n, 99n, 12345n, 10n ** 15n, 10n ** 17n - 1n]) {
        const value = money(minor, currency);
        expect(moneyFromDecimal(moneyToDecimal(value), currency)).toEqual(value);
      }
    }
  });

  it("follows ISO 4217 and a gateway's own exceptions", () => {
    expect([exponentOf("isk"), exponentOf("KWD"), exponentOf("eur")]).toEqual([0, 3, 2]);
    expect(moneyFromDecimal("1500", "ISK", { ISK: 2 })).toEqual({ amount_minor: 150000n, currency: "ISK" });
  });

  it("refuses what is no money", () => {
    for (const amount of ["twelve", NaN, Infinity, {}, undefined]) {
      expect(() => moneyFromDecimal(amount as never, "EUR")).toThrow(InvalidMoney);
    }
    expect(() => money(1n, "XYZ1")).toThrow(InvalidMoney);
    expect(() => addMoney(money(1n, "EUR"), money(1n, "USD"))).toThrow(InvalidMoney);
  });

  it("adds, subtracts and compares within one currency", () => {
    expect(subtractMoney(addMoney(money(10n, "EUR"), money(20n, "EUR")), money(5n, "EUR"))).toEqual(
      money(25n, "EUR"),
    );
    expect(sameMoney(money(1n, "EUR"), money(1n, "USD"))).toBe(false);
    expect(sameMoney(money(1n, "eur"), money(1n, "EUR"))).toBe(true);
  });
});

describe("an amount that somebody asks for", () => {
  it.each([
    [10.5, "EUR", 1_050n],
    [0.1 + 0.2, "EUR", 30n],
    [0, "EUR", 0n],
    [10.005, "EUR", undefined],
    [100.5, "JPY", undefined],
    [1e-7, "EUR", undefined],
  ])("of %s %s is %s of the smallest unit, or none", (amount, currency, minor) => {
    expect(wholeMoneyFromDecimal(amount, currency)?.amount_minor).toBe(minor);
  });
});
