import type { AttemptRecord, Decline, GatewayErrorKind, PaymentGateway } from "../gateway";
import type { TenderModuleService } from "../modules/tender";
import { optionId, type OptionsInput, type RecoveryDecision } from "../services";

/** What one confirm has already tried by itself, and whether 3-D Secure was done before it. */
export type RecoveryTally = { silent_retries: number; switches: number; authenticated: boolean };

/** A refusal by the gateway, or why it could not be asked. */
export type Trouble = Readonly<{ decline: Decline; error_kind?: GatewayErrorKind }>;

/** Gathers what the recovery rules ask about and lets them decide. */
export function decideRecovery(
  tender: TenderModuleService,
  input: {
    attempt: AttemptRecord;
    trouble: Trouble;
    facts: OptionsInput;
    tally: RecoveryTally;
    credential_in_hand: boolean;
    gateway: PaymentGateway;
  },
): { decision: RecoveryDecision; next_provider_ids: readonly string[] } {
  const { attempt, trouble, facts, tally, gateway } = input;
  const earlier = facts.attempts.filter(({ id }) => id !== attempt.id);
  const of_method = earlier.filter(({ method }) => method === attempt.method);
  const asked_before = new Set(of_method.map(({ provider_id }) => provider_id));
  const same_trouble = of_method.filter(
    (past) => past.provider_id === attempt.provider_id && past.decline?.category === trouble.decline.category,
  );
  const left = tender.payment_options.alternativesTo(optionId(attempt.provider_id, attempt.method), {
    ...facts,
    attempts: earlier,
  });
  const next_provider_ids = left.provider_ids.filter((id) => !asked_before.has(id));
  const method = gateway.capabilities.methods.find(({ id }) => id === attempt.method);
  const context = {
    tries_on_provider: same_trouble.length + tally.silent_retries + 1,
    switches: tally.switches,
    attempts_in_cart: facts.attempts.length,
    provider_alternatives: next_provider_ids.length,
    other_methods: left.other_methods,
    credential_in_hand: input.credential_in_hand,
    portable_credential: method?.portable_credential ?? false,
    authenticated: tally.authenticated,
  };
  const decision = trouble.error_kind
    ? tender.recovery.recoverFromError(trouble.error_kind, context)
    : tender.recovery.recover(trouble.decline, context);
  return { decision, next_provider_ids };
}
