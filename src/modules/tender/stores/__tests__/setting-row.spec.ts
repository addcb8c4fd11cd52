import { toProviderSetting, type SettingRow } from "../setting-row";

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
    expect(setting).toMatchObject({ provider_id: "pp_a", enabled: false });
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`pp_a: ${column}.* cannot be read .* not offered`)),
    ]);
  });

  it("stays switched off when it is, whatever else is wrong", () => {
    expect(read({ enabled: false, titles: 1 }).setting.enabled).toBe(false);
  });
});
