import { optionId, parseOptionId } from "../option-id";
import { APPLE_PAY, BANK, CARD, gateway, input, refusal, service } from "./fixtures";

const providers = [
  gateway("pp_a", [CARD, APPLE_PAY]),
  gateway("pp_b", [CARD, BANK]),
  gateway("pp_c", [CARD], { healthy: false }),
  gateway("pp_d", [CARD], { capabilities: { currencies: ["USD"] } }),
];

describe("routing an option", () => {
  const route = (option_id: string, change = {}) =>
    service.routeMethod(option_id, input({ providers, ...change }));

  it("asks the chosen provider first, then the method's others that can be asked", () => {
    expect(route("pp_a:card")).toEqual(["pp_a", "pp_b"]);
    expect(route("pp_b:card")).toEqual(["pp_b", "pp_a"]);
  });

  it("passes over a chosen provider that is down", () => {
    expect(route("pp_c:card")).toEqual(["pp_a", "pp_b"]);
  });

  it("knows no option that no provider has", () => {
    expect(route("pp_a:bitcoin")).toEqual([]);
    expect(route("nonsense")).toEqual([]);
  });

  it("keeps an option shown apart to its own provider", () => {
    const settings = [{ provider_id: "pp_b", enabled: true, methods: { card: { apart: true } } }];
    expect(route("pp_b:card", { settings })).toEqual(["pp_b"]);
    expect(route("pp_a:card", { settings })).toEqual(["pp_a"]);
  });

  it("lets a refused method be chosen again where another card can help, and only there", () => {
    expect(route("pp_a:card", { attempts: [refusal("pp_a", "card", "funds_limit")] })).toEqual([
      "pp_a",
      "pp_b",
    ]);
    const account = refusal("pp_a", "card", "never", {
      decline: { category: "never", code: "PAYER_CANNOT_PAY" },
    });
    expect(route("pp_a:card", { attempts: [account] })).toEqual([]);
  });

  it("does not go back to a provider whose own fault it was while another is left", () => {
    expect(route("pp_a:card", { attempts: [refusal("pp_a", "card", "unsupported_here")] })).toEqual(["pp_b"]);
  });
});

describe("what is left beside an option", () => {
  it("counts the method's other providers and the other methods", () => {
    expect(service.alternativesTo("pp_a:card", input({ providers }))).toEqual({
      provider_ids: ["pp_b"],
      other_methods: 2,
    });
    expect(
      service.alternativesTo(
        "pp_a:card",
        input({ providers, attempts: [refusal("pp_a", "apple_pay", "funds_limit")] }),
      ),
    ).toEqual({ provider_ids: ["pp_b"], other_methods: 1 });
  });
});

describe("a second card", () => {
  it("has the same providers left as the first one had", () => {
    const attempts = [refusal("pp_a", "card", "funds_limit")];
    expect(service.alternativesTo("pp_a:card", input({ providers, attempts })).provider_ids).toEqual([
      "pp_b",
    ]);
  });
});

describe("a card that must never be sent again", () => {
  const lost = refusal("pp_a", "card", "never", { instrument_fingerprint: "fp_lost" });
  const poor = refusal("pp_a", "card", "funds_limit", { instrument_fingerprint: "fp_poor" });

  it("is known by its fingerprint, at any provider", () => {
    expect(service.refusedBefore([poor, lost], "fp_lost")).toBe(lost);
  });

  it("is not confused with one that was refused for now, or with one that is unknown", () => {
    expect(service.refusedBefore([poor, lost], "fp_poor")).toBeUndefined();
    expect(service.refusedBefore([poor, lost, refusal("pp_a", "card", "never")], null)).toBeUndefined();
  });
});

describe("option ids", () => {
  it("are told apart at the first colon", () => {
    expect(parseOptionId(optionId("pp_a", "card"))).toEqual({ provider_id: "pp_a", method: "card" });
    expect(parseOptionId("pp_a:x:y")).toEqual({ provider_id: "pp_a", method: "x:y" });
  });

  it.each(["", "pp_a", ":card", "pp_a:"])("%p is none", (text) => {
    expect(parseOptionId(text)).toBeUndefined();
  });
});
