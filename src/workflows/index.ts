/** Paying a cart from code of your own: what the Store API's routes call. */
export { confirmAttempt, type ConfirmAttemptInput, type Confirmed } from "./pay/confirm-attempt";
export { listPaymentOptions } from "./pay/list-payment-options";
export { PaymentProblem, type PaymentProblemCode } from "./payment-problem";
export { readAttempt } from "./pay/read-attempt";
export { startAttempt, type StartAttemptInput } from "./pay/start-attempt";

/** Looking after the money: what is unfinished, findings, and the books. */
export { checkLedger, type CheckLedgerInput, type LedgerSummary } from "./upkeep/check-ledger";
export { listFindings } from "./upkeep/list-findings";
export { reconcile, type ReconcileReport, type Tally } from "./upkeep/reconcile";
export { replayWebhook } from "./webhooks/replay-webhook";
export { resolveFinding, type ResolveFindingInput } from "./upkeep/resolve-finding";
export { settleAttempt } from "./settle/settle";
export type { WorkedWebhooks } from "./webhooks/work-webhooks";
