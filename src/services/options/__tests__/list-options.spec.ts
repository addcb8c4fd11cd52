import type { OptionRules } from "../types";
import { APPLE_PAY, BANK, CARD, gateway, ids, input, refusal, service } from "./fixtures";

describe("each method once", () => {
  const providers = [gateway("pp_a", [CARD, APPLE_PAY]), gateway("pp_b", [BANK, CARD])];

  it("goes to the first provider, the others standing by in order", () => {
    const three = [...providers, gateway("pp_c", [CARD])];
    expect(ids({ providers: three })).toEqual(["pp_a:card", "pp_a:apple_pay", "pp_b:bank_redirect"]);
    expect(service.routeMethod("pp_a:card", input({ providers: three }))).toEqual(["pp_a", "pp_b", "pp_c"]);
  });

  it("stays with the provider that a waiting attempt went to, which only that one's form can finish", () => {
    const waiting = refusal("pp_b", "card", "unclassified", { status: "ready", decline: null });
    expect(ids({ providers, attempts: [waiting] })).toEqual([
      "pp_b:card",
      "pp_a:apple_pay",
      "pp_b:bank_redirect",
    ]);
    expect(ids({ providers, attempts: [{ ...waiting, status: "canceled" }] })[0]).toBe("pp_a:card");
  });

  it("carries what the Store API shows", () => {
    const [card, apple_pay] = service.listOptions(input({ providers })).options;
    expect(card).toEqual({
      id: "pp_a:card",
      provider_id: "pp_a",
      method: "card",
      title: "Card",
      description: "Credit or debit card",
      icon: "card",
      express: false,
      position: 0,
      saves: false,
      client: { form: "card", from: "pp_a" },
    });
    expect(apple_pay).toMatchObject({
      icon: "apple",
      express: true,
      position: 1,
    });
  });

  it("follows the operator's positions, for providers and for single methods", () => {
    expect(ids({ providers, settings: [{ provider_id: "pp_b", enabled: true, position: 0 }] })).toEqual([
      "pp_b:bank_redirect",
      "pp_b:card",
      "pp_a:apple_pay",
    ]);
    const settings = [
      { provider_id: "pp_a", enabled: true, position: 5, methods: { apple_pay: { position: 0 } } },
      { provider_id: "pp_b", enabled: true, position: 1 },
    ];
    expect(ids({ providers, settings })).toEqual(["pp_a:apple_pay", "pp_b:bank_redirect", "pp_b:card"]);
  });

  it("says what its gateway can keep for next time, which takes a gateway that keeps anything", () => {
    const saves = { ...CARD, saves: true };
    const told = (methods: (typeof CARD)[], saved_methods: boolean) =>
      service
        .listOptions(input({ providers: [gateway("pp_a", methods, { capabilities: { saved_methods } })] }))
        .options.map((option) => option.saves);
    expect(told([saves, APPLE_PAY], true)).toEqual([true, false]);
    expect(told([saves], false)).toEqual([false]);
  });

  it("is shown apart where the operator says so, under its own title", () => {
    const settings = [
      {
        provider_id: "pp_b",
        enabled: true,
        methods: {
          card: { apart: true, titles: { en: { title: "Business card" }, ar: { title: "بطاقة أعمال" } } },
        },
      },
    ];
    const titles = (locale: string) =>
      service.listOptions(input({ providers, settings, locale })).options.map(({ id, title }) => [id, title]);
    expect(titles("en")).toEqual([
      ["pp_a:card", "Card"],
      ["pp_a:apple_pay", "Apple Pay"],
      ["pp_b:bank_redirect", "Bank transfer"],
      ["pp_b:card", "Business card"],
    ]);
    expect(titles("ar").at(-1)).toEqual(["pp_b:card", "بطاقة أعمال"]);
    expect(titles("ar-EG").at(-1)).toEqual(["pp_b:card", "بطاقة أعمال"]);
  });

  it.each([
    ["pt-BR", "Cartão"],
    ["pt-br,en;q=0.8", "Cartão"],
    ["de-AT;q=0.9,en;q=0.5", "Karte"],
    // What is wanted more and has its own words goes first; what nobody wrote is passed over.
    ["fr,de;q=0.9,ar;q=0.8", "Karte"],
    ["ar,de;q=0.9", "بطاقة"],
    ["fr", "Card"],
    ["__proto__", "Card"],
    ["", "Card"],
  ])("is titled for %j by the operator's words in any language", (locale, title) => {
    const titles = { "pt-BR": { title: "Cartão" }, de: { title: "Karte" } };
    const settings = [{ provider_id: "pp_a", enabled: true, methods: { card: { titles } } }];
    expect(service.listOptions(input({ providers, settings, locale })).options[0]?.title).toBe(title);
  });
});

describe("eligibility", () => {
  const rule = (rules: OptionRules) =>
    ids({ providers: [gateway("pp_a", [CARD])], settings: [{ provider_id: "pp_a", enabled: true, rules }] });
  const limits = (min_minor: bigint, max_minor: bigint) =>
    ids({
      providers: [gateway("pp_a", [CARD], { capabilities: { limits: { EUR: { min_minor, max_minor } } } })],
    });

  it("holds a gateway to the currencies of its account and of its method", () => {
    expect(ids({ providers: [gateway("pp_a", [CARD], { capabilities: { currencies: ["USD"] } })] })).toEqual(
      [],
    );
    expect(
      ids({ providers: [gateway("pp_a", [CARD], { capabilities: { currencies: ["USD", "EUR"] } })] }),
    ).toHaveLength(1);
    expect(ids({ providers: [gateway("pp_a", [{ ...CARD, currencies: ["USD"] }, BANK])] })).toEqual([
      "pp_a:bank_redirect",
    ]);
  });

  it("holds a method to its billing countries, once the cart has one", () => {
    const providers = [gateway("pp_a", [{ ...CARD, countries: ["nl"] }])];
    const { country: _, ...without_country } = input().cart;
    expect(ids({ providers })).toEqual([]);
    expect(ids({ providers, cart: { ...input().cart, country: "NL" } })).toHaveLength(1);
    expect(ids({ providers, cart: without_country })).toHaveLength(1);
  });

  it("holds the amount to the gateway's limits, both included", () => {
    expect(limits(5000n, 5000n)).toHaveLength(1);
    expect(limits(5001n, 9000n)).toEqual([]);
    expect(limits(1n, 4999n)).toEqual([]);
  });

  it("holds the cart to the operator's rules", () => {
    expect(rule({ amounts: { EUR: { min_minor: 5001n } } })).toEqual([]);
    expect(rule({ amounts: { EUR: { max_minor: 4999n } } })).toEqual([]);
    expect(rule({ amounts: { USD: { max_minor: 1n } } })).toHaveLength(1);
    expect(rule({ countries: ["FR"] })).toEqual([]);
    expect(rule({ countries: ["FR", "DE"] })).toHaveLength(1);
    expect(rule({ currencies: ["USD"] })).toEqual([]);
    expect(rule({ currencies: ["EUR"] })).toHaveLength(1);
  });

  it("leaves out what the operator disabled, a provider or one method of it", () => {
    const providers = [gateway("pp_a", [CARD, BANK])];
    expect(ids({ providers, settings: [{ provider_id: "pp_a", enabled: false }] })).toEqual([]);
    const settings = [{ provider_id: "pp_a", enabled: true, methods: { card: { enabled: false } } }];
    expect(ids({ providers, settings })).toEqual(["pp_a:bank_redirect"]);
  });
});

describe("a provider in trouble", () => {
  const throwing = {
    clientConfig: () => {
      throw new Error("no publishable key");
    },
  };

  it("that is unhealthy is passed over", () => {
    const providers = [gateway("pp_a", [CARD], { healthy: false }), gateway("pp_b", [CARD])];
    expect(ids({ providers })).toEqual(["pp_b:card"]);
    expect(service.routeMethod("pp_b:card", input({ providers }))).toEqual(["pp_b"]);
  });

  it("that throws hides only itself: the method goes on at the next one, other methods are untouched (medusajs/medusa#1917)", () => {
    const providers = [gateway("pp_a", [CARD], throwing), gateway("pp_b", [CARD, BANK])];
    expect(ids({ providers })).toEqual(["pp_b:card", "pp_b:bank_redirect"]);
    expect(ids({ providers: [gateway("pp_a", [CARD], throwing), gateway("pp_b", [BANK])] })).toEqual([
      "pp_b:bank_redirect",
    ]);
  });

  it("that throws is told to whoever asked, with what it threw", () => {
    const onClientError = jest.fn();
    service.listOptions(input({ providers: [gateway("pp_a", [CARD, BANK], throwing)], onClientError }));
    expect(onClientError.mock.calls).toEqual(
      ["card", "bank_redirect"].map((method) => [
        { provider_id: "pp_a", method, error: new Error("no publishable key") },
      ]),
    );
  });
});

describe("a provider that is no gateway of ours", () => {
  const providers = [
    { id: "pp_system_default", kind: "foreign" },
    { id: "pp_acme-pay_main", kind: "foreign" },
  ] as const;

  it("is one option with a readable title", () => {
    const { options } = service.listOptions(input({ providers }));
    expect(options).toMatchObject([
      {
        id: "pp_system_default:pp_system_default",
        title: "Pay later, arranged with the store",
        icon: "generic",
        express: false,
        client: { form: "none" },
      },
      { id: "pp_acme-pay_main:pp_acme-pay_main", title: "Acme pay main", description: null },
    ]);
  });

  it("goes by the operator's title, and by the operator's rules", () => {
    const named = {
      provider_id: "pp_system_default",
      enabled: true,
      titles: { en: { title: "Pay in the shop" } },
    };
    expect(service.listOptions(input({ providers, settings: [named] })).options[0]?.title).toBe(
      "Pay in the shop",
    );
    expect(ids({ providers, settings: [{ ...named, rules: { countries: ["fr"] } }] })).toEqual([
      "pp_acme-pay_main:pp_acme-pay_main",
    ]);
  });
});

describe("after a refusal", () => {
  const providers = [gateway("pp_a", [CARD, BANK]), gateway("pp_b", [CARD])];

  it("a refused card rules out the method at every provider and says why", () => {
    const attempt = refusal("pp_a", "card", "funds_limit", {
      decline: { category: "funds_limit", code: "insufficient_funds" },
    });
    const { options, declined } = service.listOptions(input({ providers, attempts: [attempt] }));
    expect(options.map(({ id }) => id)).toEqual(["pp_a:bank_redirect"]);
    expect(declined).toEqual([
      {
        id: "pp_a:card",
        provider_id: "pp_a",
        method: "card",
        title: "Card",
        description: "Credit or debit card",
        icon: "card",
        express: false,
        position: 0,
        saves: false,
        client: expect.objectContaining({}),
        another_instrument: true,
        decline: {
          category: "funds_limit",
          code: "insufficient_funds",
          message: "There is not enough money available on this card.",
          recovery: "choose_another_method",
        },
      },
    ]);
  });

  it("a lost card reads as a plain refusal in every field", () => {
    const attempts = [
      refusal("pp_a", "card", "never", { decline: { category: "never", code: "lost_card" } }),
    ];
    const { declined } = service.listOptions(input({ providers, attempts }));
    expect(declined[0]?.decline).toMatchObject({ category: "issuer_generic", code: "generic_decline" });
    expect(JSON.stringify(declined)).not.toMatch(/lost|never/);
  });

  it("a fault of the provider leaves the method to the next one", () => {
    const attempts = [refusal("pp_a", "card", "merchant_config")];
    const { options, declined } = service.listOptions(input({ providers, attempts }));
    expect(options.map(({ id }) => id)).toEqual(["pp_b:card", "pp_a:bank_redirect"]);
    expect(service.routeMethod("pp_b:card", input({ providers, attempts }))).toEqual(["pp_b"]);
    expect(declined).toEqual([]);
  });

  it("a fault of the only provider is told", () => {
    const attempts = [refusal("pp_a", "bank_redirect", "merchant_config")];
    expect(service.listOptions(input({ providers, attempts })).declined).toMatchObject([
      { id: "pp_a:bank_redirect", another_instrument: false, decline: { category: "merchant_config" } },
    ]);
  });

  it("an option stays while the shopper is still at it", () => {
    for (const category of [
      "fix_data",
      "issuer_transient",
      "authenticate",
      "session_expired",
      "reconcile",
    ] as const) {
      expect(ids({ providers, attempts: [refusal("pp_a", "card", category)] })).toContain("pp_a:card");
    }
  });

  it("another card that only has to be corrected brings the method back; an unreachable gateway does not", () => {
    const first = refusal("pp_a", "card", "funds_limit");
    expect(ids({ providers, attempts: [first, refusal("pp_a", "card", "fix_data")] })).toContain("pp_a:card");
    const unreachable = refusal("pp_a", "card", "unclassified", {
      status: "failed",
      decline: null,
      recovery: { rule_id: "transport.unavailable", action: "choose_another_method" },
    });
    expect(ids({ providers, attempts: [first, unreachable] })).not.toContain("pp_a:card");
  });

  it("an attempt that went through in the end rules nothing out", () => {
    expect(
      ids({ providers, attempts: [refusal("pp_a", "card", "funds_limit", { status: "authorized" })] }),
    ).toContain("pp_a:card");
  });

  it("goes by what was decided then", () => {
    const decided = (action: "switch_provider" | "choose_another_method") => ({
      recovery: { rule_id: "category.issuer_generic", action },
    });
    expect(
      ids({ providers, attempts: [refusal("pp_a", "card", "issuer_generic", decided("switch_provider"))] }),
    ).toContain("pp_b:card");
    expect(
      ids({
        providers,
        attempts: [refusal("pp_a", "card", "issuer_generic", decided("choose_another_method"))],
      }),
    ).not.toContain("pp_b:card");
  });

  it("a foreign provider's refusal rules out that provider, in the shopper's language", () => {
    const attempts = [
      refusal("pp_acme_x", "pp_acme_x", "unclassified", {
        decline: { category: "unclassified", code: "E1" },
      }),
    ];
    const { options, declined } = service.listOptions(
      input({ providers: [{ id: "pp_acme_x", kind: "foreign" }, ...providers], attempts, locale: "ar" }),
    );
    expect(options.map(({ method }) => method)).toEqual(["card", "bank_redirect"]);
    expect(declined[0]?.decline).toMatchObject({
      code: "unclassified",
      message: "لم تتم عملية الدفع هذه.",
    });
  });
});
