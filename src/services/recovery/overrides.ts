import { z } from "@medusajs/framework/zod";
import { BUDGET_CEILINGS, type RecoveryBudgets } from "./recover";
import type { ChangedField, RecoveryRule, RuleVerdict } from "./types";

/** What of a rule an operator may change, and to what: of each word the ones that are stricter. */
type Stricter<Value extends string | boolean> = Readonly<Record<`${Value}`, readonly Value[]>>;

const STRICTER = {
  // Reading first is no permission but a duty: money may have moved. Nothing takes its place.
  same_provider: {
    once: ["never"],
    new_session: ["never"],
    with_authentication: ["never"],
    after_edit: ["never"],
    never: [],
    read_first: [],
  },
  switch_provider: {
    always: ["if_portable", "never"],
    if_capable: ["if_portable", "never"],
    if_portable: ["never"],
    opt_in: ["never"],
    never: [],
  },
  option_after: { keep: ["rule_out"], rule_out: [] },
  scope: { provider: ["method"], method: [] },
  another_instrument: { true: [false], false: [] },
  never_again_same_instrument: { false: [true], true: [] },
  show: { as_is: ["generic"], generic: [] },
  then: { choose_another_method: ["stop"], stop: [] },
} as const satisfies { [Field in keyof RuleVerdict]?: Stricter<RuleVerdict[Field]> };

type StricterField = keyof typeof STRICTER;

const STRICTER_FIELDS = Object.keys(STRICTER) as StricterField[];

/** The one thing that may be granted: a rule that switches on `opt_in` may be told so by name, either way. */
const OPTED_IN = "opted_in";

export const RuleChangeSchema = z.strictObject({
  same_provider: z
    .enum(["never", "once", "new_session", "after_edit", "with_authentication", "read_first"])
    .optional(),
  switch_provider: z.enum(["never", "always", "if_portable", "if_capable", "opt_in"]).optional(),
  option_after: z.enum(["keep", "rule_out"]).optional(),
  scope: z.enum(["method", "provider"]).optional(),
  another_instrument: z.boolean().optional(),
  never_again_same_instrument: z.boolean().optional(),
  show: z.enum(["as_is", "generic"]).optional(),
  then: z.enum(["choose_another_method", "stop"]).optional(),
  [OPTED_IN]: z.boolean().optional(),
});

/** What an operator changes about a rule; what is left out stays as Tender has it. */
export type RuleChange = Readonly<z.infer<typeof RuleChangeSchema>>;

export type ChangeableField = keyof RuleChange;

const CHANGEABLE_FIELDS: readonly ChangeableField[] = [...STRICTER_FIELDS, OPTED_IN];

/** Of each word of the rule that can be changed, what may stand there instead. */
export type AllowedChanges = Readonly<Partial<Record<ChangeableField, readonly (string | boolean)[]>>>;

/** What an operator may make of a rule. A word without an entry is as strict as it gets. */
export function allowedChanges(rule: RecoveryRule): AllowedChanges {
  const stricter = STRICTER_FIELDS.map((field) => [field, stricterThan(field, rule[field])] as const);
  return {
    ...Object.fromEntries(stricter.filter(([, values]) => values.length > 0)),
    ...(rule.switch_provider === "opt_in" && { [OPTED_IN]: [true, false] }),
  };
}

/** A rule as an operator has changed it, or the words that may not be changed like that. */
export type Applied =
  Readonly<{ ok: true; rule: RecoveryRule }> | Readonly<{ ok: false; refused: readonly ChangeableField[] }>;

/**
 * The rule with the change. Refuses whatever would allow more than the rule does, save what {@link OPTED_IN} is for;
 * saying what the rule says anyway is no change. An instrument that must never be sent again is sent by nobody, so
 * that word takes the retries and the switch with it.
 */
export function applyOverride(rule: RecoveryRule, change: RuleChange): Applied {
  const allowed = allowedChanges(rule);
  const wanted = entriesOf(change).filter(([field, value]) => valueIn(rule, field) !== value);
  const refused = wanted.filter(([field, value]) => !allowed[field]?.includes(value));
  if (refused.length > 0) {
    return { ok: false, refused: refused.map(([field]) => field) };
  }
  const changed: RecoveryRule = { ...rule, ...change };
  const kept = changed.never_again_same_instrument ? { ...changed, ...neverSent(changed) } : changed;
  return { ok: true, rule: { ...kept, changed: changesBetween(rule, kept) } };
}

/** An override as it is remembered; `change` is whatever was stored. */
export type StoredOverride = Readonly<{ rule_id: string; change: unknown }>;

/** Why an override has no effect: the rule is gone, it cannot be read, or by now it would allow more than the rule. */
export type OverrideProblem = "unknown_rule" | "unreadable" | "looser";

export type IgnoredOverride = Readonly<{ rule_id: string; problem: OverrideProblem }>;

/** Under this id the budgets are remembered, beside the overrides of rules. Ids of rules have a dot in them. */
export const BUDGETS_ID = "budgets";

/** What is less than the ceiling may be chosen; no retries and no switches at all as well. */
export const BudgetChangeSchema = z.strictObject({
  retries_on_provider: z.number().int().min(0).max(BUDGET_CEILINGS.retries_on_provider).optional(),
  switches: z.number().int().min(0).max(BUDGET_CEILINGS.switches).optional(),
  attempts_per_cart: z.number().int().min(1).max(BUDGET_CEILINGS.attempts_per_cart).optional(),
});

export type BudgetChange = Readonly<z.infer<typeof BudgetChangeSchema>>;

/** What an operator's overrides make of the rules and budgets, and which of them have no effect. */
export type Overridden = Readonly<{
  rules: readonly RecoveryRule[];
  budgets: RecoveryBudgets;
  ignored: readonly IgnoredOverride[];
}>;

/** The rules and budgets with the overrides. One that cannot be applied is left out and told. */
export function withOverrides(
  rules: readonly RecoveryRule[],
  overrides: readonly StoredOverride[],
): Overridden {
  const by_id = new Map(rules.map((rule) => [rule.id, rule]));
  const ignored: IgnoredOverride[] = [];
  let budgets = BUDGET_CEILINGS;
  for (const { rule_id, change } of overrides) {
    const problem =
      rule_id === BUDGETS_ID
        ? readBudgets(change, (read) => {
            budgets = read;
          })
        : applyTo(by_id, rule_id, change);
    if (problem) {
      ignored.push({ rule_id, problem });
    }
  }
  return { rules: [...by_id.values()], budgets, ignored };
}

function applyTo(
  by_id: Map<string, RecoveryRule>,
  rule_id: string,
  change: unknown,
): OverrideProblem | undefined {
  const rule = by_id.get(rule_id);
  if (!rule) {
    return "unknown_rule";
  }
  const parsed = RuleChangeSchema.safeParse(change);
  if (!parsed.success) {
    return "unreadable";
  }
  const applied = applyOverride(rule, parsed.data);
  if (!applied.ok) {
    return "looser";
  }
  by_id.set(rule_id, applied.rule);
  return undefined;
}

function readBudgets(change: unknown, take: (budgets: RecoveryBudgets) => void): OverrideProblem | undefined {
  const parsed = BudgetChangeSchema.safeParse(change);
  if (!parsed.success) {
    return "unreadable";
  }
  take({ ...BUDGET_CEILINGS, ...parsed.data });
  return undefined;
}

function stricterThan(field: StricterField, value: string | boolean): readonly (string | boolean)[] {
  const row: Readonly<Record<string, readonly (string | boolean)[]>> = STRICTER[field];
  return row[String(value)] ?? [];
}

function entriesOf(change: RuleChange): [ChangeableField, string | boolean][] {
  return (Object.entries(change) as [ChangeableField, string | boolean | undefined][]).flatMap(
    ([field, value]) => (value === undefined ? [] : [[field, value]]),
  );
}

function valueIn(rule: RecoveryRule, field: ChangeableField): string | boolean | undefined {
  return rule[field];
}

/** A mistyped digit may still be put right, and a doubtful payment is still read. */
function neverSent({ same_provider }: RecoveryRule) {
  const stays = same_provider === "after_edit" || same_provider === "read_first";
  return { same_provider: stays ? same_provider : "never", switch_provider: "never" } as const;
}

function changesBetween(before: RecoveryRule, after: RecoveryRule): readonly ChangedField[] {
  return CHANGEABLE_FIELDS.flatMap((field) => {
    const [from, to] = [valueIn(before, field), valueIn(after, field)];
    return to === undefined || from === to ? [] : [{ field, from: from ?? false, to }];
  });
}
