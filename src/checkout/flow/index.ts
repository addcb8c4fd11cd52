export { browserMemory, type AttemptMemory } from "./attempt-memory";
export {
  createCheckoutFlow,
  type CheckoutFlow,
  type CheckoutFlowConfig,
  type PaymentDetails,
} from "./checkout-flow";
export { formOf, gatewayFormOf, isExpress, worksWithoutScript, type FormKind } from "./forms";
export {
  alternativesOf,
  canRetryRefused,
  findOption,
  INITIAL_STATE,
  listedOptions,
  owesNothing,
  reduce,
} from "./reducer";
export { pollUntil } from "./poll";
export { bankPageUrl } from "./resume";
export { isToBeSaved } from "./saving";
export {
  TRANSITIONS,
  type BlockedReason,
  type CheckoutEvent,
  type CheckoutState,
  type Notice,
  type Phase,
} from "./states";
export { createCheckoutStore, type CheckoutStore } from "./store";
