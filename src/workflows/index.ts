/** Paying a cart from code of your own: what the Store API's routes call. */
export { confirmAttempt, type ConfirmAttemptInput, type Confirmed } from "./confirm-attempt";
export { listPaymentOptions } from "./list-payment-options";
export { PaymentProblem, type PaymentProblemCode } from "./payment-problem";
export { readAttempt } from "./read-attempt";
export { startAttempt, type StartAttemptInput } from "./start-attempt";
