import type { MedusaContainer } from "@medusajs/framework/types";
import type { Decline, DeclineCategory, GatewayErrorKind, PaymentGateway } from "../../gateway";
import {
  createRecoveryService,
  declineView,
  LOCALES,
  type DeclineView,
  type Locale,
  type RecoveryContext,
  type RecoveryDecision,
  type RecoveryService,
  type RecoveryStep,
} from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { findingAbout, UNTOLD } from "../pay/weigh-refusal";
import { installedGateway } from "./gateway-list";
import { findRecoveryRule, type ShownRule } from "./recovery-rules";

export type SimulationInput = Readonly<{
  provider_id: string;
  /** The gateway's code; its category is looked up in the gateway's table unless given. */
  code?: string;
  category?: DeclineCategory;
  /** Instead of a refusal: the gateway gave no outcome. */
  error_kind?: GatewayErrorKind;
  network_code?: string;
  advice_code?: string;
  history: Omit<RecoveryContext, "attempts_allowed" | "opt_in">;
}>;

export type Simulation = Readonly<{
  decline: Decline;
  /** False for a code that is not in the gateway's table. */
  is_known: boolean;
  rule: ShownRule;
  decision: RecoveryDecision;
  /** What Tender would decide had no operator changed anything; null when that is the same. */
  shipped_decision: RecoveryDecision | null;
  steps: readonly RecoveryStep[];
  shopper: Readonly<Record<Locale, DeclineView>>;
  /** What the operator would find, where the rule tells them. */
  finding: ReturnType<typeof findingAbout> | null;
}>;

/**
 * What would be decided about a refusal, and why, by the code that decides about real ones. Asks no gateway and changes
 * nothing. Throws `NOT_FOUND` (404) for a provider that is no gateway of ours.
 */
export async function simulateRecovery(
  container: MedusaContainer,
  input: SimulationInput,
): Promise<Simulation> {
  const tender = tenderModule(container);
  const { decline, is_known } = declineOf(installedGateway(container, input.provider_id), input);
  await tender.recovery.refresh(0);
  const steps: RecoveryStep[] = [];
  const decide = (by: RecoveryService, context: RecoveryContext, told: RecoveryStep[]) =>
    input.error_kind
      ? by.recoverFromError(input.error_kind, context, (step) => told.push(step))
      : by.recover(decline, context, (step) => told.push(step));
  const context = { ...input.history, ...tender.recovery_settings };
  const decision = decide(tender.recovery, context, steps);
  const shipped = decide(
    createRecoveryService(),
    { ...context, attempts_allowed: tender.options.attempts_per_cart },
    [],
  );
  return {
    decline,
    is_known,
    rule: await findRecoveryRule(container, decision.rule_id),
    decision,
    shipped_decision: JSON.stringify(shipped) === JSON.stringify(decision) ? null : shipped,
    steps,
    shopper: Object.fromEntries(
      LOCALES.map((locale) => [locale, declineView(decline, decision, locale)]),
    ) as Simulation["shopper"],
    finding: decision.alert_operator ? findingAbout(decline) : null,
  };
}

/** The refusal as the gateway would tell it. One that gave no outcome is told to the shopper like one without a reason. */
function declineOf(
  { known_declines = [] }: PaymentGateway,
  { code, category, error_kind, network_code, advice_code }: SimulationInput,
): { decline: Decline; is_known: boolean } {
  if (error_kind) {
    return { decline: UNTOLD, is_known: true };
  }
  const known = known_declines.find((each) => each.code === code);
  return {
    decline: {
      category: category ?? known?.category ?? "unclassified",
      code: code ?? UNTOLD.code,
      ...(network_code !== undefined && { network_code }),
      ...(advice_code !== undefined && { advice_code }),
    },
    is_known: code === undefined || known !== undefined,
  };
}
