import { orderRevision, positionsFor } from "../change-order";

function option(provider_id: string, method: string, apart = false) {
  return { id: `${provider_id}:${method}`, provider: { id: provider_id }, method, apart };
}

const OPTIONS = [option("pp_a", "card"), option("pp_b", "card"), option("pp_a", "wallet")];

function order(wish: Parameters<typeof positionsFor>[1]): readonly string[] | unknown {
  const result = positionsFor(OPTIONS, wish);
  if ("fault" in result) return result.fault;
  return [...result.positions].sort(([, a], [, b]) => a - b).map(([id]) => id);
}

describe("positions for a wished order", () => {
  it("follow the wish, option by option and provider by provider", () => {
    expect(
      order([
        { method: "wallet", provider_ids: ["pp_a"] },
        { method: "card", provider_ids: ["pp_b", "pp_a"] },
      ]),
    ).toEqual(["pp_a:wallet", "pp_b:card", "pp_a:card"]);
  });

  it("leave what is not named in its order behind the rest", () => {
    expect(order([{ method: "card", provider_ids: ["pp_b"] }])).toEqual([
      "pp_b:card",
      "pp_a:card",
      "pp_a:wallet",
    ]);
  });

  it.each([
    ["a provider nobody knows", [{ method: "card", provider_ids: ["pp_x"] }], { unknown_provider: "pp_x" }],
    [
      "a method the provider lacks",
      [{ method: "wallet", provider_ids: ["pp_b"] }],
      { provider_id: "pp_b", lacks_method: "wallet" },
    ],
    ["an option twice", [{ method: "card", provider_ids: ["pp_a", "pp_a"] }], { named_twice: "pp_a:card" }],
  ])("refuse %s", (_what, wish, fault) => {
    expect(order(wish)).toEqual(fault);
  });
});

describe("the revision of an order", () => {
  it("is another one for another order of options, of providers, and for one that is shown apart", () => {
    const [a, b, wallet] = OPTIONS as [(typeof OPTIONS)[0], (typeof OPTIONS)[0], (typeof OPTIONS)[0]];
    const revisions = [OPTIONS, [wallet, a, b], [b, a, wallet], [a, { ...b, apart: true }, wallet]].map(
      orderRevision,
    );
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(orderRevision([...OPTIONS])).toBe(orderRevision(OPTIONS));
  });
});
