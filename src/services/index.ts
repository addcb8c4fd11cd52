import { explainOptions } from "./options/explain-options";
import { listOptions } from "./options/list-options";
import { refusedBefore } from "./options/refusals";
import { alternativesTo, routeMethod } from "./options/routing";
import type { OptionsService } from "./options/types";
import { recoveryOver } from "./recovery/recover";
import { RECOVERY_RULES } from "./recovery/rules";
import type { RecoveryService } from "./recovery/types";

/** For `asFunction(createRecoveryService).singleton()`: recovery over Tender's own rules. */
export function createRecoveryService(): RecoveryService {
  return recoveryOver(RECOVERY_RULES);
}

/** For `asFunction(createOptionsService).singleton()`; `recovery` is what the container calls the service above. */
export function createOptionsService({ recovery }: { recovery: RecoveryService }): OptionsService {
  return {
    listOptions: (input) => listOptions(input, recovery),
    explainOptions: (input) => explainOptions(input, recovery),
    routeMethod: (option_id, input) => routeMethod(option_id, input, recovery),
    alternativesTo: (option_id, input) => alternativesTo(option_id, input, recovery),
    refusedBefore: (attempts, fingerprint) => refusedBefore(attempts, fingerprint, recovery),
  };
}

export * from "./recovery/types";
export * from "./recovery/overrides";
export {
  BUDGET_CEILINGS,
  MAX_ATTEMPTS_PER_CART,
  recoveryOver,
  type RecoveryBudgets,
} from "./recovery/recover";
export { GATEWAY_ERROR_KINDS } from "./recovery/transport-rules";
export type { RecoveryStep, RecoveryTrace } from "./recovery/trace";
export { RECOVERY_RULES } from "./recovery/rules";
export { reachedDecision, spentBudget } from "./recovery/spent-budget";
export * from "./options/types";
export {
  dependsOnAmount,
  dependsOnCustomer,
  dependsOnProducts,
  isRefusedByOperator,
} from "./options/eligibility";
export { incentiveOf } from "./options/incentive";
export { orderRevision, positionsFor, type OptionPlace, type OrderFault } from "./options/change-order";
export {
  settingAfter,
  spokenOf,
  type SettingValues,
  type SettingWish,
  type TitlesWish,
} from "./options/change-setting";
export { groupOptions, placeOptions, type PlacedOption } from "./options/placing";
export { optionId, parseOptionId } from "./options/option-id";
export * from "./figures";
export * from "./limits/limits-schema";
export * from "./limits/counters";
export * from "./limits/weigh-try";
export * from "./limits/card-testing";
export { COUNTS_AS_REFUSAL } from "./limits/counted-refusals";
export { networkOf } from "./limits/network";
export { WindowCounter } from "./limits/window-counter";
export {
  benefitTitle,
  declineMessage,
  declineView,
  limitMessage,
  localeOf,
  methodTitle,
  problemMessage,
} from "./texts/texts";
export {
  LOCALES,
  type DeclineView,
  type Limit,
  type Locale,
  type MethodTitle,
  type PaymentProblemCode,
} from "./texts/types";
export * from "./findings/types";
export {
  allowsAction,
  findingDeed,
  findingProblem,
  findingView,
  needsNote,
  resolutionView,
  type FindingView,
  type TextValues,
} from "./findings/finding-view";
export { isRechecked, stillStands, type Rechecked, type RecheckedKind } from "./findings/still-stands";
export {
  compareFigures,
  differenceInWords,
  type LedgerDifference,
  type MedusaFigures,
  type TenderFigures,
} from "./ledger/compare-figures";
export { paymentActions, type PaymentActions, type PaymentOnRecord } from "./payment-actions";
export { createTelemetryService } from "./telemetry/telemetry-service";
export * from "./telemetry/types";
