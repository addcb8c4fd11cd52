import type { AdminPaymentProvider } from "../../../api/admin/tender/providers/contract";
import { emptiedBy, emptyRegions } from "../offered";

const METHOD = { icon: "card", names: {}, express: false, apart: false, titles: {} };

function provider(id: string, change: Partial<AdminPaymentProvider> = {}): AdminPaymentProvider {
  return {
    id,
    kind: "gateway",
    name: null,
    account: null,
    mode: null,
    missing: [],
    webhook_url: null,
    last_webhook_at: null,
    health: "closed",
    last_error: null,
    enabled: true,
    apart: false,
    titles: {},
    unreadable: [],
    methods: [
      { ...METHOD, id: "card", enabled: true },
      { ...METHOD, id: "wallet", enabled: false },
    ],
    region_ids: ["reg_eu"],
    ...change,
  };
}

const regions = ["reg_eu", "reg_us"].map((id) => ({ id, name: id, currency_code: "eur" }));

describe("regions without an option", () => {
  it("are those that no provider is enabled for", () => {
    expect(emptyRegions({ providers: [provider("pp_a")], regions })).toEqual([regions[1]]);
  });

  it.each([
    ["is switched off", { enabled: false }],
    ["could not be started", { kind: "broken" }],
    ["has every method switched off", { methods: [{ ...METHOD, id: "card", enabled: false }] }],
    ["has rules that cannot be read", { unreadable: ["rules"] }],
  ] as const)("have only a provider that %s", (_what, change) => {
    expect(emptyRegions({ providers: [provider("pp_a", change)], regions })).toEqual(regions);
  });

  it("are not those whose provider lacks only readable titles", () => {
    expect(emptyRegions({ providers: [provider("pp_a", { unreadable: ["titles"] })], regions })).toEqual([
      regions[1],
    ]);
  });
});

describe("a switch", () => {
  const alone = { providers: [provider("pp_a")], regions };

  it.each([
    ["its provider", {}],
    ["its region", { region_id: "reg_eu" }],
    ["its last method", { method: "card" }],
  ])("that takes %s away empties the region", (_what, of) => {
    expect(emptiedBy(alone, { provider_id: "pp_a", enabled: false, ...of })).toEqual([regions[0]]);
  });

  it("empties nothing where another provider stays, and where nothing was", () => {
    const two = { providers: [provider("pp_a"), provider("pp_b")], regions };
    expect(emptiedBy(two, { provider_id: "pp_a", enabled: false })).toEqual([]);
    expect(emptiedBy(alone, { provider_id: "pp_a", enabled: false, method: "wallet" })).toEqual([]);
    expect(emptiedBy(alone, { provider_id: "pp_a", enabled: true, region_id: "reg_us" })).toEqual([]);
  });
});
