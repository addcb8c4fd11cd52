import { DECLINE_CATEGORIES } from "../../../gateway/declines";
import { withOverrides } from "../overrides";
import { recoveryOver } from "../recover";
import { RECOVERY_RULES } from "../rules";
import type { RecoveryStep } from "../trace";
import type { RecoveryContext } from "../types";
import { FIRST_TRY, PORTABLE, recover, recoverFromError, refused } from "./fixtures";

type Recover = typeof recover;

function stepsOf(
  decline: Parameters<Recover>[0],
  context: RecoveryContext,
  by: Recover = recover,
): RecoveryStep[] {
  const steps: RecoveryStep[] = [];
  by(decline, context, (step) => steps.push(step));
  return steps;
}

const words = (steps: readonly RecoveryStep[]) => steps.map(({ step, because }) => `${step} ${because}`);

describe("the trace of a decision", () => {
  it("tells who had nothing to say, which rule speaks, and what was weighed", () => {
    expect(words(stepsOf(refused("issuer_generic"), PORTABLE))).toEqual([
      "layer silent",
      "layer silent",
      "layer silent",
      "rule speaks",
      "attempts left",
      "same_provider rule",
      "another_provider possible",
      "option provider",
    ]);
  });

  it.each([
    ["budget_spent", { ...PORTABLE, switches: 1 }],
    ["not_portable", FIRST_TRY],
    ["nothing_in_hand", { ...PORTABLE, credential_in_hand: false }],
    ["none_left", { ...PORTABLE, provider_alternatives: 0 }],
  ])("tells that no other provider is asked for %s", (because, context) => {
    expect(words(stepsOf(refused("issuer_generic"), context))).toContain(`another_provider ${because}`);
  });

  it("tells of a suspected fraud that nobody opted in, or that 3-D Secure was done", () => {
    expect(words(stepsOf(refused("risk"), PORTABLE))).toContain("another_provider not_opted_in");
    const authenticated = { ...PORTABLE, authenticated: true, opt_in: { risk_switch: true } };
    expect(words(stepsOf(refused("risk"), authenticated))).toContain("another_provider authenticated");
    expect(words(stepsOf(refused("risk"), PORTABLE)).at(-1)).toBe("reason secret");
  });

  it("tells that the payment is read before anything else, whatever is advised", () => {
    const steps = words(stepsOf({ ...refused("reconcile"), advice_code: "03" }, PORTABLE));
    expect(steps).toEqual(["rule read_first", "read not_read_yet", "option still_at_it"]);
  });

  it("tells what of the rule is the operator's", () => {
    const { rules } = withOverrides(RECOVERY_RULES, [
      { rule_id: "category.funds_limit", change: { then: "stop" } },
    ]);
    expect(stepsOf(refused("funds_limit"), PORTABLE, recoveryOver(rules).recover)).toContainEqual({
      step: "operator",
      because: "changed",
      field: "then",
      from: "choose_another_method",
      to: "stop",
    });
  });

  it("tells the cart's budget with its numbers", () => {
    const last = { ...PORTABLE, attempts_in_cart: 5, attempts_allowed: 5 };
    expect(stepsOf(refused("funds_limit"), last)).toContainEqual({
      step: "attempts",
      because: "spent",
      used: 5,
      allowed: 5,
    });
  });

  it("tells of errors too", () => {
    const steps: RecoveryStep[] = [];
    recoverFromError("unavailable", PORTABLE, (step) => steps.push(step));
    expect(words(steps)).toContain("rule speaks");
  });

  it("changes no decision", () => {
    for (const category of DECLINE_CATEGORIES) {
      expect(recover(refused(category), PORTABLE, () => undefined)).toEqual(
        recover(refused(category), PORTABLE),
      );
    }
  });
});
