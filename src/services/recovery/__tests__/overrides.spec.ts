import { DECLINE_CATEGORIES, type Decline } from "../../../gateway/declines";
import type { GatewayErrorKind } from "../../../gateway/errors";
import {
  allowedChanges,
  applyOverride,
  RuleChangeSchema,
  withOverrides,
  type ChangeableField,
  type RuleChange,
} from "../overrides";
import { BUDGET_CEILINGS, recoveryOver } from "../recover";
import { RECOVERY_RULES } from "../rules";
import type { RecoveryContext, RecoveryDecision, RecoveryRule } from "../types";
import { PORTABLE, refused } from "./fixtures";

const BOTH = [true, false];

/** Every value that each word of a rule can have at all. */
const VALUES = Object.fromEntries(
  Object.entries(RuleChangeSchema.shape).map(([field, schema]) => {
    const { innerType } = schema.def as unknown as { innerType: { options?: string[] } };
    return [field, innerType.options ?? BOTH];
  }),
) as Record<ChangeableField, (string | boolean)[]>;

const CONTEXTS: RecoveryContext[] = [1, 2].flatMap((tries_on_provider) =>
  [0, 1, 2].flatMap((switches) =>
    [1, 10].flatMap((attempts_in_cart) =>
      [0, 1].flatMap((left) =>
        BOTH.flatMap((credential_in_hand) =>
          BOTH.flatMap((portable_credential) =>
            BOTH.flatMap((authenticated) =>
              BOTH.flatMap((payment_read) =>
                BOTH.map((risk_switch) => ({
                  tries_on_provider,
                  switches,
                  attempts_in_cart,
                  provider_alternatives: left,
                  other_methods: left,
                  credential_in_hand,
                  portable_credential,
                  authenticated,
                  payment_read,
                  opt_in: { risk_switch },
                })),
              ),
            ),
          ),
        ),
      ),
    ),
  ),
);

const ASKS_AGAIN: readonly string[] = ["retry", "authenticate", "fix_details", "switch_provider"];

/** A refusal or error that the rule speaks for, and what is decided about it by these rules. */
function decideBy(rules: readonly RecoveryRule[], rule: RecoveryRule) {
  const recovery = recoveryOver(rules);
  if (rule.layer === "transport") {
    const kind = rule.id.replace("transport.", "") as GatewayErrorKind;
    return (context: RecoveryContext) => recovery.recoverFromError(kind, context);
  }
  const { network_codes, advice_codes, codes, categories } = rule.match;
  const decline: Decline = {
    category: categories?.[0] ?? "issuer_generic",
    code: codes?.[0] ?? "some_code",
    ...(network_codes && { network_code: network_codes[0] }),
    ...(advice_codes && { advice_code: advice_codes[0] }),
  };
  expect(recovery.ruleFor(decline).id).toBe(rule.id);
  return (context: RecoveryContext) => recovery.recover(decline, context);
}

function replaced(rule: RecoveryRule): RecoveryRule[] {
  return RECOVERY_RULES.map((each) => (each.id === rule.id ? rule : each));
}

/** What the second decision allows that the first one did not. */
function looser(before: RecoveryDecision, after: RecoveryDecision): string[] {
  const ruledOutMethod = (decision: RecoveryDecision) =>
    decision.rules_out_option && decision.scope === "method";
  return [
    ASKS_AGAIN.includes(after.action) && !ASKS_AGAIN.includes(before.action) && "asks again",
    before.action === "stop" && after.action !== "stop" && "goes on after a stop",
    before.action === "reconcile" && after.action !== "reconcile" && "does not read first",
    after.silent && !before.silent && "charges unasked",
    before.rules_out_option && !after.rules_out_option && "keeps the option",
    ruledOutMethod(before) && !ruledOutMethod(after) && "rules out less",
    before.never_again_same_instrument && !after.never_again_same_instrument && "sends it again",
    after.never_again_same_instrument && after.silent && "charges what must not be sent again",
    after.another_instrument && !before.another_instrument && "takes another instrument",
    before.show_generic && !after.show_generic && "tells the reason",
    before.alert_operator && !after.alert_operator && "keeps it from the operator",
  ].filter((found) => found !== false);
}

/** Every combination of what may be changed, each word also left as it is. */
function combinations(rule: RecoveryRule): RuleChange[] {
  return Object.entries(allowedChanges(rule)).reduce<RuleChange[]>(
    (changes, [field, values]) => [
      ...changes,
      ...changes.flatMap((change) => values.map((value) => ({ ...change, [field]: value }) as RuleChange)),
    ],
    [{}],
  );
}

describe.each(RECOVERY_RULES.map((rule) => [rule.id, rule] as const))("an override of %s", (_id, rule) => {
  it("is refused for every word that is not among the allowed ones, and taken for every one that is", () => {
    for (const [field, values] of Object.entries(VALUES) as [ChangeableField, (string | boolean)[]][]) {
      for (const value of values) {
        const { ok } = applyOverride(rule, { [field]: value } as RuleChange);
        const is_allowed = allowedChanges(rule)[field]?.includes(value) ?? false;
        expect([field, value, ok]).toEqual([field, value, is_allowed || rule[field] === value]);
      }
    }
  });

  it("makes no decision looser in any circumstance, but for a switch that was opted in to", () => {
    const before = decideBy(RECOVERY_RULES, rule);
    const found = new Set<string>();
    for (const change of combinations(rule)) {
      const applied = applyOverride(rule, change);
      if (!applied.ok) throw new Error(`${JSON.stringify(change)} is refused.`);
      const after = decideBy(replaced(applied.rule), rule);
      for (const context of CONTEXTS) {
        const measure = change.opted_in ? { ...context, opt_in: { risk_switch: true } } : context;
        for (const what of looser(before(measure), after(context))) {
          found.add(`${JSON.stringify(change)}: ${what}`);
        }
      }
    }
    expect([...found]).toEqual([]);
  });
});

describe("overrides", () => {
  const ruleOf = (id: string) => RECOVERY_RULES.find((rule) => rule.id === id) as RecoveryRule;
  const decided = (overrides: Parameters<typeof withOverrides>[1]) => {
    const { rules, budgets } = withOverrides(RECOVERY_RULES, overrides);
    return recoveryOver(rules, budgets);
  };

  it("of a network's word can never ask again", () => {
    const network = RECOVERY_RULES.filter(({ layer }) => layer === "network_advice");
    expect(network.length).toBeGreaterThan(0);
    for (const rule of network) {
      expect(allowedChanges(rule)).not.toHaveProperty("opted_in");
      expect(applyOverride(rule, { same_provider: "once" }).ok).toBe(false);
      expect(applyOverride(rule, { switch_provider: "always" }).ok).toBe(false);
    }
  });

  it("cannot keep a doubtful payment from being read", () => {
    expect(applyOverride(ruleOf("category.reconcile"), { same_provider: "never" })).toEqual({
      ok: false,
      refused: ["same_provider"],
    });
  });

  it("take the retry, so that the next provider is asked at once", () => {
    const recovery = decided([
      { rule_id: "category.provider_transient", change: { same_provider: "never" } },
    ]);
    expect(recovery.recover(refused("provider_transient"), PORTABLE).action).toBe("switch_provider");
  });

  it("opt one rule in or out, whatever the plugin's option says", () => {
    const optedIn = (opted_in: boolean, risk_switch: boolean) =>
      decided([{ rule_id: "category.risk", change: { opted_in } }]).recover(refused("risk"), {
        ...PORTABLE,
        opt_in: { risk_switch },
      }).action;
    expect(optedIn(true, false)).toBe("switch_provider");
    expect(optedIn(false, true)).toBe("choose_another_method");
  });

  it("that rule out an instrument for good take its retry and its switch with it", () => {
    const applied = applyOverride(ruleOf("category.provider_transient"), {
      never_again_same_instrument: true,
    });
    expect(applied).toMatchObject({ ok: true, rule: { same_provider: "never", switch_provider: "never" } });
  });

  it("remember what they changed, for those who ask why", () => {
    const applied = applyOverride(ruleOf("category.risk"), { opted_in: true, then: "stop" });
    expect(applied).toMatchObject({
      rule: {
        changed: [
          { field: "then", from: "choose_another_method", to: "stop" },
          { field: "opted_in", from: false, to: true },
        ],
      },
    });
  });

  it("that cannot be applied are told and change nothing, and stop no other", () => {
    const { rules, ignored } = withOverrides(RECOVERY_RULES, [
      { rule_id: "category.long_gone", change: { then: "stop" } },
      { rule_id: "category.never", change: { show: "as_is" } },
      { rule_id: "category.funds_limit", change: { then: "teleport" } },
      { rule_id: "category.fix_data", change: "nonsense" },
      { rule_id: "budgets", change: { switches: 7 } },
      { rule_id: "category.issuer_refused", change: { then: "stop" } },
    ]);
    expect(ignored).toEqual([
      { rule_id: "category.long_gone", problem: "unknown_rule" },
      { rule_id: "category.never", problem: "looser" },
      { rule_id: "category.funds_limit", problem: "unreadable" },
      { rule_id: "category.fix_data", problem: "unreadable" },
      { rule_id: "budgets", problem: "unreadable" },
    ]);
    expect(rules.filter(({ changed }) => changed).map(({ id }) => id)).toEqual(["category.issuer_refused"]);
    expect(rules).toHaveLength(RECOVERY_RULES.length);
  });
});

describe("budgets", () => {
  it("below the ceilings are kept; above them the ceilings hold", () => {
    const none = recoveryOver(RECOVERY_RULES, { retries_on_provider: 0, switches: 0, attempts_per_cart: 3 });
    const any = recoveryOver(RECOVERY_RULES, { retries_on_provider: 9, switches: 9, attempts_per_cart: 99 });
    const usual = recoveryOver(RECOVERY_RULES);
    expect(none.recover(refused("provider_transient"), PORTABLE).action).toBe("choose_another_method");
    expect(none.recover(refused("funds_limit"), { ...PORTABLE, attempts_in_cart: 3 }).action).toBe("stop");
    for (const context of CONTEXTS) {
      for (const category of DECLINE_CATEGORIES) {
        expect(any.recover(refused(category), context)).toEqual(usual.recover(refused(category), context));
      }
    }
  });

  it("lowered make no decision looser", () => {
    const usual = recoveryOver(RECOVERY_RULES);
    const found = new Set<string>();
    for (const retries_on_provider of [0, 1]) {
      for (const switches of [0, 1, 2]) {
        const lowered = recoveryOver(RECOVERY_RULES, { ...BUDGET_CEILINGS, retries_on_provider, switches });
        for (const category of DECLINE_CATEGORIES) {
          for (const context of CONTEXTS) {
            const [before, after] = [usual, lowered].map((by) => by.recover(refused(category), context));
            looser(before!, after!).forEach((what) => found.add(`${category}: ${what}`));
          }
        }
      }
    }
    expect([...found]).toEqual([]);
  });
});
