import type { Decline } from "../../gateway/declines";
import type { GatewayErrorKind } from "../../gateway/errors";
import { indexRules, tellRule } from "./rule-index";
import { transportRuleId } from "./rules";
import type { AgainstSameProvider, AgainstSwitch, RecoveryTrace } from "./trace";
import type {
  RecordedRecovery,
  RecoveryAction,
  RecoveryContext,
  RecoveryDecision,
  RecoveryRule,
  RecoveryService,
  SwitchProvider,
} from "./types";

/** One retry at the same provider. A ceiling, like the two below: settings may only lower it. */
export const MAX_RETRIES_ON_PROVIDER = 1;

/** Two changes of provider for one payment. */
export const MAX_SWITCHES = 2;

/** Ten tries to pay one cart, well under the networks' limits (Mastercard: 10 declines of an amount in 24 hours). */
export const MAX_ATTEMPTS_PER_CART = 10;

/** How often something may be tried, each at most as often as its ceiling above. */
export type RecoveryBudgets = Readonly<{
  retries_on_provider: number;
  switches: number;
  attempts_per_cart: number;
}>;

export const BUDGET_CEILINGS: RecoveryBudgets = {
  retries_on_provider: MAX_RETRIES_ON_PROVIDER,
  switches: MAX_SWITCHES,
  attempts_per_cart: MAX_ATTEMPTS_PER_CART,
};

/**
 * A recovery service over a table of rules, which is indexed once. `recover` and `recoverFromError` are pure: the
 * same refusal in the same context always gets the same decision.
 * @param budgets lower ones than the ceilings; what is above counts as the ceiling
 */
export function recoveryOver(
  rules: readonly RecoveryRule[],
  budgets: RecoveryBudgets = BUDGET_CEILINGS,
): RecoveryService {
  const index = indexRules(rules);
  const limits = withinCeilings(budgets);

  const recover = (decline: Decline, context: RecoveryContext, trace?: RecoveryTrace): RecoveryDecision => {
    const rule = index.ruleFor(decline, trace);
    return decisionOf(
      rule,
      nextStep(rule, context, limits, trace),
      isSecret(index.categoryRule(decline)),
      trace,
    );
  };

  const recoverFromError = (
    kind: GatewayErrorKind,
    context: RecoveryContext,
    trace?: RecoveryTrace,
  ): RecoveryDecision => {
    const rule = index.ruleById(transportRuleId(kind));
    if (!rule) {
      throw new Error(`No recovery rule covers gateway errors of kind "${kind}".`);
    }
    if (trace) {
      tellRule(rule, "speaks", trace);
    }
    return decisionOf(rule, nextStep(rule, context, limits, trace), false, trace);
  };

  const recall = (attempt: { decline: Decline | null; recovery: RecordedRecovery | null }) => {
    const { decline, recovery } = attempt;
    const rule =
      (recovery ? index.ruleById(recovery.rule_id) : undefined) ??
      (decline ? index.ruleFor(decline) : undefined);
    if (!rule) {
      return undefined;
    }
    // One that was to be read, and is refused still, was refused for good.
    const decided = recovery !== null && recovery.action !== "reconcile";
    const step = decided ? guided(recovery.action) : nextStep(rule, NOTHING_RECORDED, limits);
    return decisionOf(rule, step, decline !== null && isSecret(index.categoryRule(decline)));
  };

  return { recover, recoverFromError, recall, ruleFor: index.ruleFor, ruleById: index.ruleById };
}

type Step = Readonly<{ action: RecoveryAction; silent: boolean }>;

/** Switches a rule permits at most, within {@link MAX_SWITCHES}. A bank's plain "no" is asked about once. */
const SWITCH_LIMITS = {
  never: 0,
  always: MAX_SWITCHES,
  if_capable: MAX_SWITCHES,
  if_portable: 1,
  opt_in: 1,
} as const satisfies Record<SwitchProvider, number>;

/** Steps after which the shopper is still at the same option, so that it is not ruled out. */
const STAYS_WITH_OPTION: ReadonlySet<RecoveryAction> = new Set([
  "retry",
  "authenticate",
  "fix_details",
  "reconcile",
]);

/** For attempts from before decisions were recorded: a first try, with another way left and nothing in hand. */
const NOTHING_RECORDED: RecoveryContext = {
  tries_on_provider: 1,
  switches: 0,
  attempts_in_cart: 1,
  provider_alternatives: 0,
  other_methods: 1,
  credential_in_hand: false,
  portable_credential: false,
  authenticated: false,
  payment_read: true,
};

/** The one place where a rule meets the circumstances: first the same provider, then another, then another method. */
function nextStep(
  rule: RecoveryRule,
  context: RecoveryContext,
  limits: RecoveryBudgets,
  trace?: RecoveryTrace,
): Step {
  if (rule.same_provider === "read_first") {
    const is_read = context.payment_read === true;
    trace?.({ step: "read", because: is_read ? "unpaid" : "not_read_yet" });
    if (!is_read) {
      return guided("reconcile");
    }
  }
  const used = context.attempts_in_cart;
  const allowed = Math.min(context.attempts_allowed ?? MAX_ATTEMPTS_PER_CART, limits.attempts_per_cart);
  trace?.({ step: "attempts", because: used >= allowed ? "spent" : "left", used, allowed });
  if (used >= allowed) {
    return guided("stop");
  }
  return (
    sameProvider(rule, context, limits, trace) ??
    anotherProvider(rule, context, limits, trace) ??
    guided(whatIsLeft(rule, context, trace))
  );
}

function sameProvider(
  rule: RecoveryRule,
  context: RecoveryContext,
  limits: RecoveryBudgets,
  trace?: RecoveryTrace,
): Step | undefined {
  const against = againstSameProvider(rule, context, limits);
  trace?.({
    step: "same_provider",
    because: against ?? whenAskedAgain(rule),
    used: context.tries_on_provider - 1,
    allowed: limits.retries_on_provider,
  });
  if (against !== undefined) {
    return undefined;
  }
  switch (rule.same_provider) {
    case "once":
      return { action: "retry", silent: context.credential_in_hand };
    case "new_session":
      return guided("retry");
    case "with_authentication":
      return { action: "authenticate", silent: context.credential_in_hand };
    case "after_edit":
      return guided("fix_details");
    case "never":
    case "read_first":
      return undefined;
  }
}

function againstSameProvider(
  { same_provider }: RecoveryRule,
  context: RecoveryContext,
  limits: RecoveryBudgets,
): AgainstSameProvider | undefined {
  if (same_provider === "never" || same_provider === "read_first") {
    return "rule";
  }
  // What the shopper corrects is a try of theirs, which the cart's budget of attempts bounds.
  if (same_provider !== "after_edit" && context.tries_on_provider > limits.retries_on_provider) {
    return "budget_spent";
  }
  return same_provider === "with_authentication" && context.authenticated
    ? "already_authenticated"
    : undefined;
}

function whenAskedAgain({ same_provider }: RecoveryRule) {
  return same_provider === "never" || same_provider === "read_first" ? "rule" : same_provider;
}

/** A processor's token means nothing to another one: without a portable credential the shopper chooses instead. */
function anotherProvider(
  rule: RecoveryRule,
  context: RecoveryContext,
  limits: RecoveryBudgets,
  trace?: RecoveryTrace,
): Step | undefined {
  const allowed = Math.min(SWITCH_LIMITS[rule.switch_provider], limits.switches);
  const against = againstSwitch(rule, context, allowed);
  trace?.({
    step: "another_provider",
    because: against ?? "possible",
    used: context.switches,
    allowed,
  });
  return against === undefined ? { action: "switch_provider", silent: true } : undefined;
}

function againstSwitch(
  rule: RecoveryRule,
  context: RecoveryContext,
  allowed: number,
): AgainstSwitch | undefined {
  if (rule.switch_provider === "never") {
    return "rule";
  }
  if (rule.switch_provider === "opt_in") {
    if (!(rule.opted_in ?? context.opt_in?.risk_switch === true)) {
      return "not_opted_in";
    }
    if (context.authenticated) {
      return "authenticated";
    }
  }
  if (!context.credential_in_hand) {
    return "nothing_in_hand";
  }
  if (!context.portable_credential) {
    return "not_portable";
  }
  if (context.switches >= allowed) {
    return "budget_spent";
  }
  return context.provider_alternatives > 0 ? undefined : "none_left";
}

function whatIsLeft(rule: RecoveryRule, context: RecoveryContext, trace?: RecoveryTrace): RecoveryAction {
  if (rule.then === "stop") {
    trace?.({ step: "what_is_left", because: "rule_stops" });
    return "stop";
  }
  const something =
    context.other_methods > 0 ||
    rule.another_instrument ||
    rule.option_after === "keep" ||
    (rule.scope === "provider" && context.provider_alternatives > 0);
  trace?.({ step: "what_is_left", because: something ? "another_way" : "nothing" });
  return something ? "choose_another_method" : "stop";
}

function withinCeilings(budgets: RecoveryBudgets): RecoveryBudgets {
  return {
    retries_on_provider: Math.min(budgets.retries_on_provider, MAX_RETRIES_ON_PROVIDER),
    switches: Math.min(budgets.switches, MAX_SWITCHES),
    attempts_per_cart: Math.min(budgets.attempts_per_cart, MAX_ATTEMPTS_PER_CART),
  };
}

function guided(action: RecoveryAction): Step {
  return { action, silent: false };
}

function isSecret(rule: RecoveryRule): boolean {
  return rule.show === "generic";
}

function decisionOf(
  rule: RecoveryRule,
  step: Step,
  secret_category: boolean,
  trace?: RecoveryTrace,
): RecoveryDecision {
  const stays = STAYS_WITH_OPTION.has(step.action);
  const decision = {
    // Written out: spreading would cost many times the rest of the decision.
    action: step.action,
    silent: step.silent,
    rule_id: rule.id,
    rules_out_option: rule.option_after === "rule_out" && !stays,
    // While another provider is being asked, only this one is out.
    scope: step.action === "switch_provider" ? "provider" : rule.scope,
    another_instrument: rule.another_instrument,
    never_again_same_instrument: rule.never_again_same_instrument,
    show_generic: isSecret(rule) || secret_category,
    alert_operator: rule.alert_operator,
  } as const;
  if (trace) {
    const kept = stays ? "still_at_it" : "kept";
    trace({ step: "option", because: decision.rules_out_option ? decision.scope : kept });
    if (decision.show_generic) {
      trace({ step: "reason", because: "secret" });
    }
  }
  return decision;
}
