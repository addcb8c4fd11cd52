export { isForTotal, summaryAmounts, type SummaryAmounts } from "./add-up";
export { TenderApiError, TenderConnectionError } from "./errors";
export { newIdempotencyKey } from "./idempotency-key";
export {
  createTenderClient,
  type ConfirmInput,
  type StartInput,
  type TenderClient,
  type TenderClientConfig,
} from "./tender-client";
export type * from "./types";
