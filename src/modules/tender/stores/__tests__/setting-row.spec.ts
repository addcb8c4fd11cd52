import { storedRules, toProviderSetting, type SettingRow } from "../setting-row";

function read(change: Partial<SettingRow> = {}) {
  const warnings: string[] = [];
  const row = { provider_id: "pp_a", enabled: true, position: 1, apart: false };
  const setting = toProviderSetting(
    { ...row, titles: null, methods: null, rules: null, ...change },
    (message) => warnings.push(message),
  );
  return { setting, warnings };
}

describe("a provider's setting", () => {
  it("is read with its amounts as counts of minor units", () => {
    const { setting, warnings } = read({
      titles: { en: { title: "Ours" } },
      methods: { card: { enabled: false } },
      rules: { amounts: { EUR: { max_minor: "5000" } }, countries: ["de"] },
    });
    expect(setting).toEqual({
      provider_id: "pp_a",
      enabled: true,
      position: 1,
      apart: false,
      titles: { en: { title: "Ours" } },
      methods: { card: { enabled: false } },
      rules: { amounts: { EUR: { max_minor: 5000n } }, countries: ["de"] },
    });
    expect(warnings).toEqual([]);
  });

  it("leaves columns out that hold nothing", () => {
    expect(read().setting).toEqual({ provider_id: "pp_a", enabled: true, position: 1, apart: false });
  });

  it("goes without titles that cannot be read, and says so", () => {
    const { setting, warnings } = read({ titles: { en: "Ours" } });
    expect(setting).toMatchObject({ enabled: true });
    expect(setting.titles).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/pp_a: titles\.en cannot be read/)]);
  });

  it.each([
    ["rules", { amounts: { EUR: { max_minor: 50.5 } } }],
    ["rules", "de only"],
    ["methods", { card: { enabled: "no" } }],
  ])("keeps the provider from being offered while its %s are %j", (column, value) => {
    const { setting, warnings } = read({ [column]: value });
    expect(setting).toMatchObject({ provider_id: "pp_a", unreadable: [column] });
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`pp_a: ${column}.* cannot be read .* not offered`)),
    ]);
  });

  it("tells of the customers, products and promotions it depends on", () => {
    const rules = { customer_groups: { only: ["cusgroup_a"] }, products: { never: ["prod_a"] } };
    const incentive = { all: { promotion_id: "promo_a" }, methods: { card: { promotion_id: "promo_b" } } };
    expect(read({ rules, incentive }).setting).toMatchObject({ rules, incentive });
  });

  it("is written so that the same is read again", () => {
    const rules = {
      amounts: { EUR: { min_minor: 1n, max_minor: 9_007_199_254_740_993n } },
      countries: ["de"],
      products: { only: ["prod_a"] },
    };
    expect(read({ rules: storedRules(rules) }).setting.rules).toEqual(rules);
  });

  it("goes without an incentive that cannot be read, and says so", () => {
    const { setting, warnings } = read({ incentive: { all: "promo_a" } });
    expect(setting.unreadable).toBeUndefined();
    expect(setting.incentive).toBeUndefined();
    expect(warnings).toEqual([expect.stringMatching(/pp_a: incentive\.all cannot be read/)]);
  });

  it("stays switched off when it is, whatever else is wrong", () => {
    expect(read({ enabled: false, titles: 1 }).setting.enabled).toBe(false);
  });
});
