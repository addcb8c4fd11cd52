import type { AttemptRecord } from "../../../gateway/journal";
import { reachedDecision, spentBudget, type RememberedTry } from "../spent-budget";
import { refused } from "./fixtures";

const remembered = (id: string, change: Partial<RememberedTry> = {}): RememberedTry => ({
  id,
  decline: refused("issuer_generic"),
  recovery: null,
  authorizations: ["declined"],
  ...change,
});

describe("what a cart has spent of its recovery budget", () => {
  it("is nothing at its first refusal", () => {
    expect(spentBudget([remembered("first")], "first")).toEqual({ retries: 0, switches: 0 });
  });

  it("holds the second tries we made under one attempt, this one and earlier ones", () => {
    const twice = { authorizations: ["declined", "declined"] } as const;
    expect(spentBudget([remembered("first", twice)], "first").retries).toBe(1);
    expect(spentBudget([remembered("first", twice), remembered("second")], "second").retries).toBe(1);
  });

  it("holds a challenge we asked for after a refusal, also one the shopper walked away from", () => {
    const challenged = remembered("first", {
      decline: null,
      recovery: "authenticate",
      authorizations: ["declined", "succeeded"],
    });
    expect(spentBudget([challenged, remembered("second")], "second").retries).toBe(1);
  });

  it("does not take the bank's own challenge, or another card after it, for a second try", () => {
    const challenged = remembered("first", { authorizations: ["succeeded", "declined"] });
    expect(spentBudget([challenged], "first").retries).toBe(0);
  });

  it.each(["retry", "authenticate"])("holds the %s that was left to the shopper", (recovery) => {
    expect(spentBudget([remembered("first", { recovery }), remembered("second")], "second").retries).toBe(1);
    expect(spentBudget([remembered("first", { recovery })], "first").retries).toBe(0);
  });

  it("holds every change of provider of the cart", () => {
    const switched = { recovery: "switch_provider" };
    const tries = [remembered("a", switched), remembered("b", switched), remembered("c")];
    expect(spentBudget(tries, "c")).toEqual({ retries: 0, switches: 2 });
  });
});

describe("an attempt", () => {
  type Ended = Pick<AttemptRecord, "status" | "recovery_rule_id">;

  it.each<[string, Ended, boolean]>([
    ["was refused", { status: "declined", recovery_rule_id: "category.never" }, true],
    ["waits for the shopper", { status: "ready", recovery_rule_id: null }, true],
    ["was passed over", { status: "failed", recovery_rule_id: null }, false],
    ["lost its provider", { status: "released", recovery_rule_id: "transport.unavailable" }, false],
  ])("that %s counts as a try: %j is %s", (_what, attempt, counts) => {
    expect(reachedDecision(attempt)).toBe(counts);
  });
});
