import { LimitsSchema } from "../limits-schema";

describe("the option limits", () => {
  it("may be left out, in whole or in part", () => {
    expect(LimitsSchema.parse(undefined)).toEqual(LimitsSchema.parse({}));
    expect(LimitsSchema.parse({ address: { refusals: 50 } }).address).toEqual({
      refusals: 50,
      within_ms: 3_600_000,
    });
  });

  it.each(["cart", "customer", "address", "card_testing"] as const)("can set %s off", (scope) => {
    expect(LimitsSchema.parse({ [scope]: false })[scope]).toBe(false);
  });

  it.each([
    ["a misspelt name", { adress: false }],
    ["a misspelt name further in", { card_testing: { adress: false } }],
    ["a limit of none", { cart: { refusals: 0 } }],
    ["a share above one", { card_testing: { refused_share: 70 } }],
    ["a negative number of proxies", { trusted_proxies: -1 }],
  ])("refuses %s", (_, limits) => expect(LimitsSchema.safeParse(limits).success).toBe(false));
});
