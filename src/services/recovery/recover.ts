import type { Decline } from "../../gateway/declines";
import type { GatewayErrorKind } from "../../gateway/errors";
import { indexRules } from "./rule-index";
import { transportRuleId } from "./rules";
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

/**
 * A recovery service over a table of rules, which is indexed once. `recover` and `recoverFromError` are pure: the
 * same refusal in the same context always gets the same decision.
 */
export function recoveryOver(rules: readonly RecoveryRule[]): RecoveryService {
  const index = indexRules(rules);

  const recover = (decline: Decline, context: RecoveryContext): RecoveryDecision => {
    const rule = index.ruleFor(decline);
    return decisionOf(rule, nextStep(rule, context), isSecret(index.categoryRule(decline)));
  };

  const recoverFromError = (kind: GatewayErrorKind, context: RecoveryContext): RecoveryDecision => {
    const rule = index.ruleById(transportRuleId(kind));
    if (!rule) {
      throw new Error(`No recovery rule covers gateway errors of kind "${kind}".`);
    }
    return decisionOf(rule, nextStep(rule, context), false);
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
    const step = decided ? guided(recovery.action) : nextStep(rule, NOTHING_RECORDED);
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
function nextStep(rule: RecoveryRule, context: RecoveryContext): Step {
  if (rule.same_provider === "read_first" && context.payment_read !== true) {
    return guided("reconcile");
  }
  if (context.attempts_in_cart >= (context.attempts_allowed ?? MAX_ATTEMPTS_PER_CART)) {
    return guided("stop");
  }
  return sameProvider(rule, context) ?? anotherProvider(rule, context) ?? guided(whatIsLeft(rule, context));
}

function sameProvider(rule: RecoveryRule, context: RecoveryContext): Step | undefined {
  const may_retry = context.tries_on_provider <= MAX_RETRIES_ON_PROVIDER;
  switch (rule.same_provider) {
    case "once":
      return may_retry ? { action: "retry", silent: context.credential_in_hand } : undefined;
    case "new_session":
      return may_retry ? guided("retry") : undefined;
    case "with_authentication":
      return may_retry && !context.authenticated
        ? { action: "authenticate", silent: context.credential_in_hand }
        : undefined;
    case "after_edit":
      return guided("fix_details");
    case "never":
    case "read_first":
      return undefined;
  }
}

/** A processor's token means nothing to another one: without a portable credential the shopper chooses instead. */
function anotherProvider(rule: RecoveryRule, context: RecoveryContext): Step | undefined {
  const portable = context.credential_in_hand && context.portable_credential;
  const within_budget =
    context.switches < SWITCH_LIMITS[rule.switch_provider] && context.provider_alternatives > 0;
  const allowed =
    rule.switch_provider !== "opt_in" || (context.opt_in?.risk_switch === true && !context.authenticated);
  return portable && within_budget && allowed ? { action: "switch_provider", silent: true } : undefined;
}

function whatIsLeft(rule: RecoveryRule, context: RecoveryContext): RecoveryAction {
  const something =
    context.other_methods > 0 ||
    rule.another_instrument ||
    rule.option_after === "keep" ||
    (rule.scope === "provider" && context.provider_alternatives > 0);
  return rule.then === "choose_another_method" && !something ? "stop" : rule.then;
}

function guided(action: RecoveryAction): Step {
  return { action, silent: false };
}

function isSecret(rule: RecoveryRule): boolean {
  return rule.show === "generic";
}

function decisionOf(rule: RecoveryRule, step: Step, secret_category: boolean): RecoveryDecision {
  return {
    // Written out: spreading would cost many times the rest of the decision.
    action: step.action,
    silent: step.silent,
    rule_id: rule.id,
    rules_out_option: rule.option_after === "rule_out" && !STAYS_WITH_OPTION.has(step.action),
    // While another provider is being asked, only this one is out.
    scope: step.action === "switch_provider" ? "provider" : rule.scope,
    another_instrument: rule.another_instrument,
    never_again_same_instrument: rule.never_again_same_instrument,
    show_generic: isSecret(rule) || secret_category,
    alert_operator: rule.alert_operator,
  };
}
