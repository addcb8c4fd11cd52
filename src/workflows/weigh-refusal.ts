import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord, Decline, GatewayErrorKind, PaymentGateway } from "../gateway";
import { optionId, type OptionsInput, type OptionsList, type RecoveryDecision } from "../services";
import { loadOptionsInput, toPastAttempt } from "./list-payment-options";
import { listAttempts, tenderModule, type PayableCart } from "./load-cart";

/** What one confirm has already tried by itself, and whether 3-D Secure was done before it. */
export type RecoveryTally = { silent_retries: number; switches: number; authenticated: boolean };

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
  tally: RecoveryTally;
  credential_in_hand: boolean;
  gateway: PaymentGateway;
  locale: string;
}>;

/** Lets the recovery rules decide on a refusal, records what they say and tells the operator where they ask for it. */
export async function weighRefusal(container: MedusaContainer, refusal: Refusal): Promise<WeighedRefusal> {
  const tender = tenderModule(container);
  const { attempt, cart } = refusal;
  const decline = attempt.decline ?? UNTOLD;
  const attempts = await listAttempts(container, cart);
  const facts = await loadOptionsInput(container, cart, refusal.locale, attempts);
  const { decision, next_provider_ids } = decide(container, refusal, decline, facts);
  await tender.annotateAttempt(attempt.id, { recovery: decision.action, recovery_rule_id: decision.rule_id });
  if (decision.alert_operator) {
    await tender.openFinding({
      kind: decline.category === "compliance" ? "compliance_refusal" : "provider_misconfigured",
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

/** Gathers what the recovery rules ask about. */
function decide(
  container: MedusaContainer,
  { attempt, tally, gateway, error_kind, credential_in_hand }: Refusal,
  decline: Decline,
  facts: OptionsInput,
): { decision: RecoveryDecision; next_provider_ids: readonly string[] } {
  const { payment_options, recovery } = tenderModule(container);
  const earlier = facts.attempts.filter(({ id }) => id !== attempt.id);
  const of_method = earlier.filter(({ method }) => method === attempt.method);
  const asked_before = new Set(of_method.map(({ provider_id }) => provider_id));
  const same_trouble = of_method.filter(
    (past) => past.provider_id === attempt.provider_id && past.decline?.category === decline.category,
  );
  const option_id = optionId(attempt.provider_id, attempt.method);
  const left = payment_options.alternativesTo(option_id, { ...facts, attempts: earlier });
  const next_provider_ids = left.provider_ids.filter((id) => !asked_before.has(id));
  const method = gateway.capabilities.methods.find(({ id }) => id === attempt.method);
  const context = {
    tries_on_provider: same_trouble.length + tally.silent_retries + 1,
    switches: tally.switches,
    attempts_in_cart: facts.attempts.length,
    provider_alternatives: next_provider_ids.length,
    other_methods: left.other_methods,
    credential_in_hand,
    portable_credential: method?.portable_credential ?? false,
    authenticated: tally.authenticated,
  };
  const decision = error_kind
    ? recovery.recoverFromError(error_kind, context)
    : recovery.recover(decline, context);
  return { decision, next_provider_ids };
}
