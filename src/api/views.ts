import { moneyToDecimal, type AttemptRecord } from "../gateway";
import {
  declineView,
  optionId,
  type OptionsList,
  type RecoveryDecision,
  type Locale,
  type RecoveryService,
  type ShownOption,
} from "../services";
import type { SavedMethodOfCustomer } from "../workflows/pay/saved-methods";
import type {
  DeclineView,
  PaymentAttemptView,
  PaymentOptionsResult,
  SavedMethodView,
} from "./store-contract";

/** A saved method as the Store API shows it. */
export function savedMethodView(saved: SavedMethodOfCustomer): SavedMethodView {
  const { id, provider_id, option_id, method } = saved;
  const { brand = null, last4 = null, exp_month = null, exp_year = null } = saved;
  return { id, provider_id, option_id, method, brand, last4, exp_month, exp_year };
}

/** An attempt as the Store API shows it. */
export function attemptView(
  attempt: AttemptRecord,
  recovery: RecoveryService,
  locale: Locale,
): PaymentAttemptView {
  return {
    id: attempt.id,
    option_id: optionId(attempt.provider_id, attempt.method),
    provider_id: attempt.provider_id,
    method: attempt.method,
    status: attempt.status,
    amount: Number(moneyToDecimal(attempt.amount)),
    currency_code: attempt.amount.currency.toLowerCase(),
    next_action: attempt.next_action,
    fallback_of: attempt.fallback_of,
    decline: declineOf(attempt, recovery, locale),
    client: { ...attempt.client },
    read_at: new Date().toISOString(),
  };
}

/** The options list under the Store API's names. Nothing is kept for guests, who have no `customer_id`. */
export function optionsView(
  { options, declined }: OptionsList,
  customer_id: string | null,
): PaymentOptionsResult {
  const shown = <Option extends ShownOption>({ saves, incentive, ...option }: Option) => ({
    ...option,
    can_save: saves && customer_id !== null,
    // Not its code: until the option is chosen nobody can enter it and pay with another one. Then it stands in the cart.
    ...(incentive && { incentive: { title: incentive.title } }),
  });
  return { payment_options: options.map(shown), declined_options: declined.map(shown) };
}

function declineOf(attempt: AttemptRecord, recovery: RecoveryService, locale: Locale): DeclineView | null {
  if (!attempt.decline) {
    return null;
  }
  const decision = recovery.recall({
    decline: attempt.decline,
    recovery:
      attempt.recovery && attempt.recovery_rule_id
        ? { rule_id: attempt.recovery_rule_id, action: attempt.recovery as RecoveryDecision["action"] }
        : null,
  });
  return decision ? declineView(attempt.decline, decision, locale) : null;
}
