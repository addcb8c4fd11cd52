import type { GatewayErrorKind } from "./errors";
import type { Money } from "./money";

export type OperationKind = "create" | "update" | "authorize" | "capture" | "refund" | "cancel";

export type OperationStatus = "started" | "succeeded" | "declined" | "failed" | "unknown";

/** Marks an authorization that was asked for when the payer had agreed and was not there. */
export const PAYER_AWAY = "payer_away";

/** One call to a gateway, written down before it is made. */
export type OperationRecord = Readonly<{
  id: string;
  attempt_id: string;
  kind: OperationKind;
  amount: Money | null;
  idempotency_key: string;
  status: OperationStatus;
  /** What the call was made for: Medusa's id of a capture or refund; {@link PAYER_AWAY} of an authorization. */
  source_id: string | null;
  /** The payment the gateway answered about. */
  gateway_reference: string | null;
  /** Why it failed or stayed unknown; `unknown` of one that went through: its answer was lost, and it was found later. */
  error_kind: GatewayErrorKind | null;
  started_at: Date;
  /** When its end was written down; null while nobody knows it. */
  finished_at: Date | null;
}>;

export type OperationEnd = Readonly<{
  status: Exclude<OperationStatus, "started">;
  gateway_reference?: string;
  /** Medusa's capture or refund that records it, where that is another than it was made for. */
  source_id?: string;
  error_kind?: GatewayErrorKind;
  /** Short, redacted reason for a failed or unknown end. */
  error_message?: string;
}>;
