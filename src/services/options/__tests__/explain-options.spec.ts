import type { OptionsInput, ProviderSetting } from "../types";
import { APPLE_PAY, BANK, CARD, gateway, input, refusal, service } from "./fixtures";

const explain = (change: Partial<OptionsInput>) => service.explainOptions(input(change));

const reasons = (change: Partial<OptionsInput>) =>
  Object.fromEntries(explain(change).hidden.map((hidden) => [hidden.id, hidden.reasons]));

/** What speaks against the card of a single provider with this setting. */
const against = (setting: Partial<ProviderSetting>, change: Partial<OptionsInput> = {}) =>
  reasons({
    providers: [gateway("pp_a", [CARD])],
    settings: [{ provider_id: "pp_a", enabled: true, ...setting }],
    ...change,
  })["pp_a:card"];

describe("explaining the options", () => {
  it("offers what is listed, in its order, with the providers that are asked one after the other", () => {
    const change = {
      providers: [gateway("pp_a", [CARD, APPLE_PAY]), gateway("pp_b", [BANK, CARD])],
      settings: [{ provider_id: "pp_b", enabled: true, position: 0 }],
    };
    const { offered, hidden } = explain(change);
    expect(offered.map(({ provider_ids: _, ...option }) => option)).toEqual(
      service.listOptions(input(change)).options,
    );
    expect(offered.map(({ method, provider_ids }) => [method, provider_ids])).toEqual([
      ["bank_redirect", ["pp_b"]],
      ["card", ["pp_b", "pp_a"]],
      ["apple_pay", ["pp_a"]],
    ]);
    expect(hidden).toEqual([]);
  });

  it("says everything that speaks against an option, not only the first", () => {
    expect(
      against({
        enabled: false,
        methods: { card: { enabled: false } },
        rules: { currencies: ["USD"], countries: ["fr"], amounts: { EUR: { max_minor: 4999n } } },
      }),
    ).toEqual([
      { code: "disabled" },
      { code: "method_disabled" },
      { code: "currency_of_operator", currency: "EUR", accepted: ["USD"] },
      { code: "country_of_operator", country: "de", accepted: ["fr"] },
      {
        code: "amount_of_operator",
        amount: { amount_minor: 5000n, currency: "EUR" },
        max: { amount_minor: 4999n, currency: "EUR" },
      },
    ]);
  });

  it("tells what the gateway cannot do from what the operator does not want", () => {
    const capabilities = { currencies: ["USD"], limits: { EUR: { min_minor: 5001n } } };
    const limited = gateway("pp_a", [{ ...CARD, countries: ["nl"] }], { capabilities, healthy: false });
    expect(against({}, { providers: [limited] })?.map(({ code }) => code)).toEqual([
      "currency_of_gateway",
      "country_of_gateway",
      "amount_of_gateway",
      "unhealthy",
    ]);
  });

  it("says which groups and products are in the way", () => {
    const cart = {
      ...input().cart,
      customer_group_ids: ["cusgroup_late"],
      product_ids: ["prod_a", "prod_x", "prod_x", null],
    };
    const rules = {
      customer_groups: { only: ["cusgroup_vip"], never: ["cusgroup_late", "cusgroup_gone"] },
      products: { only: ["prod_a"], never: ["prod_x", "prod_y"] },
    };
    expect(against({ rules }, { cart })).toEqual([
      { code: "customer_group_only", ids: ["cusgroup_vip"] },
      { code: "customer_group_never", ids: ["cusgroup_late"] },
      { code: "product_only", ids: ["prod_x"] },
      { code: "product_never", ids: ["prod_x"] },
    ]);
  });

  it("says that settings cannot be read", () => {
    expect(against({ unreadable: ["rules"] })).toEqual([{ code: "settings_unreadable", columns: ["rules"] }]);
  });

  it("says that a gateway failed to say what the browser may know", () => {
    const failing = gateway("pp_a", [CARD], {
      clientConfig: () => {
        throw new Error("no key");
      },
    });
    expect(against({}, { providers: [failing] })).toEqual([{ code: "client_error" }]);
  });

  it("says which refusal of this cart rules an option out", () => {
    const refused = refusal("pp_a", "card", "never");
    expect(against({}, { attempts: [refused] })).toEqual([
      { code: "declined", attempt_id: refused.id, category: "never", decline_code: "some_code" },
    ]);
  });

  it("gives hidden options the title a shopper would see", () => {
    const titles = { en: { title: "Ours" } };
    const settings = [{ provider_id: "pp_a", enabled: false, methods: { card: { titles } } }];
    expect(explain({ providers: [gateway("pp_a", [CARD])], settings }).hidden).toMatchObject([
      { id: "pp_a:card", provider_id: "pp_a", method: "card", title: "Ours" },
    ]);
  });
});

describe("what comes with an option", () => {
  const settings = [
    {
      provider_id: "pp_a",
      enabled: true,
      incentive: { all: { promotion_id: "promo_all" }, methods: { card: { promotion_id: "promo_card" } } },
    },
  ];
  const told = (promotions: NonNullable<OptionsInput["incentives"]>, locale = "en") =>
    service
      .listOptions(
        input({ providers: [gateway("pp_a", [CARD, BANK])], settings, locale, incentives: promotions }),
      )
      .options.map(({ method, incentive }) => [method, incentive]);

  it("is the method's own, else the provider's", () => {
    const incentives = new Map([
      ["promo_all", { code: "BANK", brings: { from: "shipping", off: { percent: 100 } } }],
      ["promo_card", { code: "CARD", brings: { from: "goods", off: { percent: 5 } } }],
    ] as const);
    expect(told(incentives)).toEqual([
      ["card", { code: "CARD", title: "5% off" }],
      ["bank_redirect", { code: "BANK", title: "Free shipping" }],
    ]);
    expect(told(incentives, "ar")).toEqual([
      ["card", { code: "CARD", title: "خصم 5\u200e%\u200e" }],
      ["bank_redirect", { code: "BANK", title: "شحن مجاني" }],
    ]);
  });

  it("says an amount in its currency, and of what is more than a word that it is a discount", () => {
    const incentives = new Map([
      [
        "promo_all",
        { code: "TEN", brings: { from: "shipping", off: { amount_minor: 250n, currency: "EUR" } } },
      ],
      ["promo_card", { code: "BUYGET", brings: null }],
    ] as const);
    expect(told(incentives)).toEqual([
      ["card", { code: "BUYGET", title: "A discount" }],
      ["bank_redirect", { code: "TEN", title: "€2.50 off shipping" }],
    ]);
  });

  it("is nothing where the promotion would bring nothing", () => {
    expect(told(new Map())).toEqual([
      ["card", undefined],
      ["bank_redirect", undefined],
    ]);
  });
});
