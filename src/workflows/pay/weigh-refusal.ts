import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord, Decline, GatewayErrorKind, PaymentGateway } from "../../gateway";
import {
  optionId,
  spentBudget,
  type OptionsInput,
  type OptionsList,
  type RecoveryContext,
  type RecoveryDecision,
} from "../../services";
import { triesOf } from "./attempt-budget";
import { loadListingInput, toPastAttempt } from "./list-payment-options";
import { listAttempts, tenderModule, type PayableCart } from "../medusa/load-cart";

/** A refusal, what the rules make of it, and what is left to pay with. */
export type WeighedRefusal = Readonly<{
  decline: Decline;
  decision: RecoveryDecision;
  /** Providers of the same method that were not asked yet, in order. */
  next_provider_ids: readonly string[];
  options: OptionsList;
}>;

/** A refusal of which nothing more is known. */
export const UNTOLD: Decline = { category: "unclassified", code: "declined" };

type Refusal = Readonly<{
  cart: PayableCart;
  attempt: AttemptRecord;
  /** Why the gateway could not be asked, if that is what happened. */
  error_kind?: GatewayErrorKind;
  /** True when 3-D Secure was done before. */
  authenticated: boolean;
  /** True when the payment was read after the refusal, and is unpaid. */
  payment_read: boolean;
  credential_in_hand: boolean;
  gateway: PaymentGateway;
  locale: string;
}>;

/** Lets the recovery rules decide on a refusal, records what they say and tells the operator where they ask for it. */
export async function weighRefusal(container: MedusaContainer, refusal: Refusal): Promise<WeighedRefusal> {
  const tender = tenderModule(container);
  const { attempt, cart } = refusal;
  await tender.recovery.refresh();
  const decline = attempt.decline ?? UNTOLD;
  const attempts = await listAttempts(container, cart);
  const facts = await loadListingInput(container, cart, refusal.locale, attempts);
  const spent = await spentOf(container, refusal, attempts);
  const { decision, next_provider_ids } = decide(container, refusal, decline, facts, spent);
  await tender.annotateAttempt(attempt.id, { recovery: decision.action, recovery_rule_id: decision.rule_id });
  if (decision.alert_operator) {
    await tender.openFinding({
      kind: findingAbout(decline),
      attempt_id: attempt.id,
      provider_id: attempt.provider_id,
      detail: `${attempt.provider_id} refused with "${decline.code}", which the store has to put right.`,
    });
  }
  const own = { ...toPastAttempt(attempt), recovery: { rule_id: decision.rule_id, action: decision.action } };
  const options = tender.payment_options.listOptions({
    ...facts,
    attempts: [...facts.attempts.filter(({ id }) => id !== attempt.id), own],
  });
  return { decline, decision, next_provider_ids, options };
}

/** What an operator is told of a refusal whose rule alerts them. */
export function findingAbout({ category }: Decline): "compliance_refusal" | "provider_misconfigured" {
  return category === "compliance" ? "compliance_refusal" : "provider_misconfigured";
}

type Spent = Pick<RecoveryContext, "tries_on_provider" | "switches" | "attempts_in_cart">;

/** What the cart has used up of its budgets. A provider that could not be asked costs nothing. */
async function spentOf(
  container: MedusaContainer,
  { attempt, cart, error_kind }: Refusal,
  attempts: readonly AttemptRecord[],
): Promise<Spent> {
  const tender = tenderModule(container);
  const remembered = await Promise.all(
    attempts.map(async ({ id, decline, recovery }) => {
      const authorizations = await tender.listOperations(id, ["authorize"]);
      return { id, decline, recovery, authorizations: authorizations.map(({ status }) => status) };
    }),
  );
  const { retries, switches } = spentBudget(remembered, attempt.id);
  const tries = triesOf(attempts, cart.total).filter(
    ({ id }) => error_kind === undefined || id !== attempt.id,
  );
  return { tries_on_provider: retries + 1, switches, attempts_in_cart: tries.length };
}

/** Gathers what the recovery rules ask about. */
function decide(
  container: MedusaContainer,
  { attempt, cart, gateway, error_kind, ...known }: Refusal,
  decline: Decline,
  facts: OptionsInput,
  spent: Spent,
): { decision: RecoveryDecision; next_provider_ids: readonly string[] } {
  const { payment_options, recovery, recovery_settings } = tenderModule(container);
  const earlier = facts.attempts.filter(({ id }) => id !== attempt.id);
  const asked_before = new Set(
    earlier.filter(({ method }) => method === attempt.method).map(({ provider_id }) => provider_id),
  );
  const option_id = optionId(attempt.provider_id, attempt.method);
  const left = payment_options.alternativesTo(option_id, { ...facts, attempts: earlier });
  // Who takes over charges the amount of this attempt; the other methods are chosen at the price they are offered at.
  const at_this_price = { ...facts, attempts: earlier, cart: { ...facts.cart, amount: cart.total } };
  const { provider_ids } = payment_options.alternativesTo(option_id, at_this_price);
  const next_provider_ids = provider_ids.filter((id) => !asked_before.has(id));
  const method = gateway.capabilities.methods.find(({ id }) => id === attempt.method);
  const context = {
    ...spent,
    ...recovery_settings,
    provider_alternatives: next_provider_ids.length,
    other_methods: left.other_methods,
    credential_in_hand: known.credential_in_hand,
    portable_credential: method?.portable_credential ?? false,
    authenticated: known.authenticated,
    payment_read: known.payment_read,
  };
  const decision = error_kind
    ? recovery.recoverFromError(error_kind, context)
    : recovery.recover(decline, context);
  return { decision, next_provider_ids };
}
