import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { OverrideRecord } from "../../modules/tender/stores/override-store";
import {
  allowedChanges,
  applyOverride,
  BUDGET_CEILINGS,
  BUDGETS_ID,
  RECOVERY_RULES,
  type AllowedChanges,
  type BudgetChange,
  type OverrideProblem,
  type RecoveryBudgets,
  type RecoveryRule,
  type RuleChange,
} from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { actorEmails } from "./actor-emails";

/** An override as it is remembered, who made it last, and why it has no effect where it has none. */
export type ShownOverride = OverrideRecord &
  Readonly<{ actor_email: string | null; problem: OverrideProblem | null }>;

/** A rule as Tender has it, as it holds, and what may be made of it. */
export type ShownRule = Readonly<{
  shipped: RecoveryRule;
  now: RecoveryRule;
  allowed: AllowedChanges;
  override: ShownOverride | null;
}>;

export type ShownRules = Readonly<{
  rules: readonly ShownRule[];
  /** Overrides of rules that are no more. */
  strays: readonly ShownOverride[];
  budgets: Readonly<{ now: RecoveryBudgets; ceilings: RecoveryBudgets; override: ShownOverride | null }>;
  /** The plugin's option. */
  risk_switch: boolean;
}>;

/** Every recovery rule with what operators changed about it. */
export async function listRecoveryRules(container: MedusaContainer): Promise<ShownRules> {
  const { recovery, overrides, options, attempts_per_cart } = await refreshed(container);
  const records = await overrides.list();
  const emails = await actorEmails(
    container,
    records.map(({ actor_id }) => actor_id),
  );
  const problems = new Map(recovery.overridden.ignored.map(({ rule_id, problem }) => [rule_id, problem]));
  const shown = new Map(
    records.map((record): [string, ShownOverride] => [
      record.rule_id,
      {
        ...record,
        actor_email: emails.get(record.actor_id) ?? null,
        problem: problems.get(record.rule_id) ?? null,
      },
    ]),
  );
  return {
    rules: RECOVERY_RULES.map((shipped) => ({
      shipped,
      now: recovery.ruleById(shipped.id) ?? shipped,
      allowed: allowedChanges(shipped),
      override: shown.get(shipped.id) ?? null,
    })),
    strays: [...shown.values()].filter(({ problem }) => problem === "unknown_rule"),
    budgets: {
      now: { ...recovery.overridden.budgets, attempts_per_cart },
      ceilings: { ...BUDGET_CEILINGS, attempts_per_cart: options.attempts_per_cart },
      override: shown.get(BUDGETS_ID) ?? null,
    },
    risk_switch: options.risk_switch,
  };
}

/** One of {@link listRecoveryRules}. Throws `NOT_FOUND` (404) for an unknown rule. */
export async function findRecoveryRule(container: MedusaContainer, rule_id: string): Promise<ShownRule> {
  const { rules } = await listRecoveryRules(container);
  return rules.find(({ shipped }) => shipped.id === rule_id) ?? unknownRule();
}

/**
 * Changes a rule, in the place of what was changed about it before. Holds at once here, within seconds on other servers.
 * Throws `NOT_FOUND` (404) for an unknown rule, `INVALID_DATA` (400) with what is allowed for a change that would allow
 * more than the rule does, and for one that changes nothing.
 */
export async function overrideRule(
  container: MedusaContainer,
  { rule_id, change, actor_id }: { rule_id: string; change: RuleChange; actor_id: string },
): Promise<void> {
  const rule = RECOVERY_RULES.find(({ id }) => id === rule_id) ?? unknownRule();
  const applied = applyOverride(rule, change);
  if (!applied.ok) {
    const reasons = applied.refused.map((field) => refusalOf(rule, field));
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `A rule may only be made stricter. ${reasons.join(" ")}`,
    );
  }
  const changed = Object.entries(change).filter(
    ([field, value]) => rule[field as keyof RuleChange] !== value,
  );
  if (changed.length === 0) {
    throw new MedusaError(MedusaError.Types.INVALID_DATA, `This changes nothing about ${rule_id}.`);
  }
  await put(container, { rule_id, change: Object.fromEntries(changed), actor_id });
}

/** Lowers budgets, in the place of what was lowered before. Throws `INVALID_DATA` (400) where the store has less already. */
export async function lowerBudgets(
  container: MedusaContainer,
  { change, actor_id }: { change: BudgetChange; actor_id: string },
): Promise<void> {
  const { options } = tenderModule(container);
  if ((change.attempts_per_cart ?? 0) > options.attempts_per_cart) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The plugin's option attempts_per_cart allows ${options.attempts_per_cart} at most.`,
    );
  }
  await put(container, { rule_id: BUDGETS_ID, change, actor_id });
}

/**
 * Makes a rule, or the budgets, as Tender has them again. Also for a rule that is no more. Throws `NOT_FOUND` (404)
 * where nothing was changed.
 */
export async function dropOverride(
  container: MedusaContainer,
  { rule_id, actor_id }: { rule_id: string; actor_id: string },
): Promise<void> {
  const { overrides, recovery } = tenderModule(container);
  const before = await overrides.change(rule_id, null, { actor_id, action: "recovery_rule.restore" });
  if (!before) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, "This rule has no override.");
  }
  await recovery.refresh(0);
}

async function put(
  container: MedusaContainer,
  { rule_id, change, actor_id }: { rule_id: string; change: object; actor_id: string },
): Promise<void> {
  const { overrides, recovery } = tenderModule(container);
  await overrides.change(rule_id, change, { actor_id, action: "recovery_rule.override" });
  await recovery.refresh(0);
}

async function refreshed(container: MedusaContainer) {
  const tender = tenderModule(container);
  await tender.recovery.refresh(0);
  return tender;
}

function refusalOf(rule: RecoveryRule, field: keyof RuleChange): string {
  const allowed = allowedChanges(rule)[field] ?? [];
  return allowed.length === 0
    ? `"${field}" of ${rule.id} cannot be changed.`
    : `"${field}" of ${rule.id} can be: ${allowed.join(", ")}.`;
}

function unknownRule(): never {
  throw new MedusaError(MedusaError.Types.NOT_FOUND, "There is no recovery rule with this id.");
}
