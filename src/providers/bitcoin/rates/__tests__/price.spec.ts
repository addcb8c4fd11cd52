import { Seeded } from "../../../../gateway/__tests__/seeded";
import { parseExactJson } from "../exact-json";
import { InvalidPrice, midPrice, parsePrice, parseShownPrice, showPrice } from "../price";

describe("a price", () => {
  it.each([
    ["60123.4", "60123.4"],
    ["60123.40000", "60123.4"],
    ["0060123", "60123"],
    ["6.01234e4", "60123.4"],
    ["601234E-1", "60123.4"],
    ["1e14", "100000000000000"],
    ["0.000000000000000001", "0.000000000000000001"],
    ["1.000000000000000000000000", "1"],
    ["999999999999999.999999999999999999", "999999999999999.999999999999999999"],
  ])("of %s is exactly %s", (text, shown) => {
    expect(showPrice(parsePrice(text))).toBe(shown);
  });

  it.each([
    ["0", "zero"],
    ["0.000", "zero"],
    ["-0", "zero"],
    ["0e999", "zero"],
    ["-60123.4", "negative"],
    ["NaN", "decimal number"],
    ["Infinity", "decimal number"],
    ["", "decimal number"],
    [" 60123", "decimal number"],
    ["60,123.4", "decimal number"],
    ["0x10", "decimal number"],
    ["1_000", "decimal number"],
    [".5", "decimal number"],
    ["5.", "decimal number"],
    ["+5", "decimal number"],
    ["1e15", "10^15 or more"],
    ["1e400", "10^15 or more"],
    ["1e9999", "10^15 or more"],
    ["1e99999999999", "decimal number"],
    ["1e-400", "18 decimals"],
    ["1e-9999", "18 decimals"],
    ["0.0000000000000000001", "18 decimals"],
    ["9".repeat(65), "decimal number"],
  ])("is not '%s'", (text, why) => {
    expect(() => parsePrice(text)).toThrow(InvalidPrice);
    expect(() => parsePrice(text)).toThrow(why);
  });

  it.each([1, 2, 3])("comes back unchanged from what is shown of it: seed %d", (seed) => {
    const random = new Seeded(seed);
    for (let made = 0; made < 500; made += 1) {
      const price =
        BigInt(random.whole(1, 2 ** 31)) ** BigInt(random.whole(1, 3)) * 10n ** BigInt(random.whole(0, 6));
      expect(parseShownPrice(showPrice(price))).toBe(price);
    }
  });

  it("is halfway between bid and ask, exactly", () => {
    expect(midPrice("60000.1", "60000.2")).toBe("60000.15");
    expect(midPrice("7675.00", "7675.00")).toBe("7675");
  });

  it.each([
    ["60000", "59999"],
    ["60000", "64000"],
    ["1", "99999"],
  ])("cannot be told from a bid of %s and an ask of %s", (bid, ask) => {
    expect(() => midPrice(bid, ask)).toThrow("cannot be told");
  });
});

describe("exact JSON", () => {
  it("keeps every digit of every number, and leaves strings alone", () => {
    const text =
      '{"a":[0.1000000000000000055511151231257827,-1e-400,12345678901234567890],"b":"7 \\" 8","9":null,"c":true}';
    expect(parseExactJson(text)).toEqual({
      a: ["0.1000000000000000055511151231257827", "-1e-400", "12345678901234567890"],
      b: '7 " 8',
      9: null,
      c: true,
    });
  });

  it.each(["", "{", '{"a":01}', '{"a":1.}', "NaN", '{"a":NaN}', '{"a":+1}', "<html>1</html>"])(
    "is not '%s'",
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    },
  );
});
