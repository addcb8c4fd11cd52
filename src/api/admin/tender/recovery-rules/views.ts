import type { GatewayErrorKind } from "../../../../gateway";
import type { BudgetChange, RecoveryRule, RuleChange } from "../../../../services";
import type { InstalledGateway } from "../../../../workflows/operate/gateway-list";
import type { ShownOverride, ShownRule, ShownRules } from "../../../../workflows/operate/recovery-rules";
import type {
  AdminDecliningProvider,
  AdminRecoveryBudgets,
  AdminRecoveryOverride,
  AdminRecoveryRule,
  AdminVerdict,
} from "./contract";

/** A rule as the Admin API shows it. */
export function adminRuleView({ shipped, now, allowed, override }: ShownRule): AdminRecoveryRule {
  const { network_codes, advice_codes, codes, categories } = shipped.match;
  return {
    id: shipped.id,
    layer: shipped.layer,
    matches: {
      network_codes: network_codes ?? null,
      advice_codes: advice_codes ?? null,
      codes: codes ?? null,
      categories: categories ?? null,
      error_kind: shipped.layer === "transport" ? (shipped.id.split(".")[1] as GatewayErrorKind) : null,
    },
    verdict: verdictOf(now),
    shipped: verdictOf(shipped),
    source: shipped.source,
    allowed,
    override: override && adminOverrideView<RuleChange>(override),
  };
}

export function adminBudgetsView({ now, ceilings, override }: ShownRules["budgets"]): AdminRecoveryBudgets {
  return { now, ceilings, override: override && adminOverrideView<BudgetChange>(override) };
}

export function adminOverrideView<Change>({
  rule_id,
  change,
  actor_id,
  actor_email,
  updated_at,
  problem,
}: ShownOverride): AdminRecoveryOverride<Change> {
  return {
    rule_id,
    change: change as Change,
    actor_id,
    actor_email,
    updated_at: updated_at.toISOString(),
    problem,
  };
}

export function adminDecliningProviderView({
  provider_id,
  gateway: { known_declines = [], capabilities },
}: InstalledGateway): AdminDecliningProvider {
  return {
    provider_id,
    codes: known_declines.length,
    methods: capabilities.methods.map(({ id, portable_credential }) => ({ id, portable_credential })),
  };
}

function verdictOf(rule: RecoveryRule): AdminVerdict {
  return {
    same_provider: rule.same_provider,
    switch_provider: rule.switch_provider,
    option_after: rule.option_after,
    scope: rule.scope,
    another_instrument: rule.another_instrument,
    never_again_same_instrument: rule.never_again_same_instrument,
    show: rule.show,
    alert_operator: rule.alert_operator,
    then: rule.then,
    opted_in: rule.opted_in ?? null,
  };
}
