import { type z } from "@medusajs/framework/zod";
import type { DeclineCategory, GatewayErrorKind } from "../../../../gateway";
import {
  BudgetChangeSchema,
  RuleChangeSchema,
  type AllowedChanges,
  type BudgetChange,
  type ChangeableField,
  type OverrideProblem,
  type RecoveryBudgets,
  type RuleChange,
  type RuleLayer,
  type RuleVerdict,
} from "../../../../services";

export type { AllowedChanges, ChangeableField, OverrideProblem, RuleChange, RuleLayer };

const changesSomething = (change: object) => Object.values(change).some((value) => value !== undefined);
const SOMETHING = "Name at least one thing to change.";

/** Replaces what was changed about the rule before. */
export const RuleOverrideBody = RuleChangeSchema.refine(changesSomething, SOMETHING);
export type RuleOverrideBody = z.infer<typeof RuleOverrideBody>;

/** Replaces what was lowered before. */
export const BudgetsBody = BudgetChangeSchema.refine(changesSomething, SOMETHING);
export type BudgetsBody = z.infer<typeof BudgetsBody>;

/** What a rule says. `opted_in` is null where the rule does not switch on `opt_in`, or nobody said so by name. */
export type AdminVerdict = Omit<RuleVerdict, "source"> & Readonly<{ opted_in: boolean | null }>;

/** What an operator changed; times are ISO 8601 in UTC. */
export type AdminRecoveryOverride<Change = RuleChange> = Readonly<{
  rule_id: string;
  /** The words that are the operator's; whatever was stored, where `problem` is `unreadable`. */
  change: Change;
  actor_id: string;
  actor_email: string | null;
  updated_at: string;
  /** Why it has no effect; null when it has. */
  problem: OverrideProblem | null;
}>;

export type AdminRecoveryRule = Readonly<{
  id: string;
  /** Who speaks: earlier layers are heard first. */
  layer: RuleLayer;
  /** Of each list one entry must fit; all lists that are given must. */
  matches: Readonly<{
    network_codes: readonly string[] | null;
    advice_codes: readonly string[] | null;
    codes: readonly string[] | null;
    categories: readonly DeclineCategory[] | null;
    error_kind: GatewayErrorKind | null;
  }>;
  /** As it holds now. */
  verdict: AdminVerdict;
  /** As Tender has it. */
  shipped: AdminVerdict;
  source: string;
  /** What may stand in the place of what Tender has; a word without an entry is as strict as it gets. */
  allowed: AllowedChanges;
  override: AdminRecoveryOverride | null;
}>;

export type AdminRecoveryBudgets = Readonly<{
  now: RecoveryBudgets;
  ceilings: RecoveryBudgets;
  override: AdminRecoveryOverride<BudgetChange> | null;
}>;

/** A gateway whose codes can be looked up. */
export type AdminDecliningProvider = Readonly<{
  provider_id: string;
  /** How many codes it knows. */
  codes: number;
  methods: readonly Readonly<{ id: string; portable_credential: boolean }>[];
}>;

/** `GET /admin/tender/recovery-rules`: all of them, in the order they are heard. */
export type AdminRecoveryRulesResult = Readonly<{
  rules: readonly AdminRecoveryRule[];
  /** Overrides of rules that are no more. */
  strays: readonly AdminRecoveryOverride[];
  budgets: AdminRecoveryBudgets;
  /** The plugin's option. */
  risk_switch: boolean;
  providers: readonly AdminDecliningProvider[];
}>;

/** `POST` and `DELETE /admin/tender/recovery-rules/:id/override`; null for a rule that is no more. */
export type AdminRecoveryRuleResult = Readonly<{ rule: AdminRecoveryRule | null }>;

/** `POST` and `DELETE /admin/tender/recovery-budgets`. */
export type AdminRecoveryBudgetsResult = Readonly<{ budgets: AdminRecoveryBudgets }>;
