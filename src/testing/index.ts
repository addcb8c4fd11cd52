/** For plugin developers: hold a gateway to every promise of the contract. */
export { CONFORMANCE_THEMES, contextFor } from "./conformance";
export type { ConformanceContext, ConformancePromise, ConformanceTheme, GatewayFacts } from "./conformance";
export { describeGatewayConformance, type TestRunner } from "./describe-conformance";
export * from "./harness";
export {
  MedusaPayments,
  type MoveRow,
  type PaymentRow,
  type SessionInput,
  type SessionRow,
} from "./medusa-payments";
export { MemoryJournal, type EndedOperation } from "./memory-journal";
