/** Paying a cart from code of your own: what the Store API's routes call. */
export { confirmAttempt, type ConfirmAttemptInput, type Confirmed } from "./confirm-attempt";
export { listPaymentOptions } from "./list-payment-options";
export { PaymentProblem, type PaymentProblemCode } from "./payment-problem";
export { readAttempt } from "./read-attempt";
export { startAttempt, type StartAttemptInput } from "./start-attempt";

/** Looking after the money: what is unfinished, findings, and the books. */
export { checkLedger, type CheckLedgerInput, type LedgerSummary } from "./check-ledger";
export { listFindings } from "./list-findings";
export { reconcile, type ReconcileReport, type Tally } from "./reconcile";
export { replayWebhook } from "./replay-webhook";
export { resolveFinding, type ResolveFindingInput } from "./resolve-finding";
export { settleAttempt } from "./settle";
export type { WorkedWebhooks } from "./work-webhooks";
