import type { AttemptRecord, Decline, PaymentGateway } from "../gateway";
import type { TenderModuleService } from "../modules/tender";
import { optionId, type OptionsInput, type RecoveryDecision } from "../services";

/** What one confirm has already tried by itself. */
export type RecoveryTally = { silent_retries: number; switches: number };

/** Gathers what the recovery rules ask about and lets them decide. */
export function decideRecovery(
  tender: TenderModuleService,
  input: {
    attempt: AttemptRecord;
    decline: Decline;
    facts: OptionsInput;
    tally: RecoveryTally;
    credential_in_hand: boolean;
    gateway: PaymentGateway;
  },
): { decision: RecoveryDecision; next_provider_ids: readonly string[] } {
  const { attempt, facts, tally, gateway } = input;
  const earlier = facts.attempts.filter(({ id }) => id !== attempt.id);
  const asked_before = new Set(earlier.filter(({ method }) => method === attempt.method).map((past) => past.provider_id));
  const left = tender.payment_options.alternativesTo(optionId(attempt.provider_id, attempt.method), {
    ...facts,
    attempts: earlier,
  });
  const next_provider_ids = left.provider_ids.filter((id) => !asked_before.has(id));
  const method = gateway.capabilities.methods.find(({ id }) => id === attempt.method);
  const decision = tender.recovery.recover(input.decline, {
    tries_on_provider: tally.silent_retries + 1,
    switches: tally.switches,
    attempts_in_cart: facts.attempts.length,
    provider_alternatives: next_provider_ids.length,
    other_methods: left.other_methods,
    credential_in_hand: input.credential_in_hand,
    portable_credential: method?.portable_credential ?? false,
    authenticated: attempt.next_action?.type === "redirect" && attempt.next_action.reason === "three_d_secure",
  });
  return { decision, next_provider_ids };
}
