import type { FindingKind } from "../../gateway/findings";
import type { GatewayCallObserved } from "../../gateway/telemetry";
import type { FindingSeverity } from "../findings/types";

/** A finding that was opened or closed. */
export type FindingObserved = Readonly<{
  id: string;
  kind: FindingKind;
  severity: FindingSeverity;
  provider_id: string;
  attempt_id: string | null;
  state: "open" | "resolved";
  /** The finding's sentence, or how it was resolved. */
  detail: string;
}>;

/** What became of a webhook. */
export type WebhookOutcome =
  /** Verified and stored. */
  | "received"
  /** Stored before: a repeat. */
  | "duplicate"
  | "bad_signature"
  /** Verified, and without an event that is about a payment: there was nothing to store. */
  | "ignored"
  /** It could not be verified just now: the service was told to send it again. */
  | "not_verified"
  /** Verified, but it could not be stored: the service was told to send it again. */
  | "not_stored"
  /** What it told of is settled. */
  | "done"
  /** It could not be worked and is tried again. */
  | "retrying"
  /** Given up after all its tries. */
  | "dead";

export type WebhookObserved = Readonly<{
  provider_id: string;
  /** The gateway's name of the event, as it came. Logged only after cleaning, never counted by. */
  type?: string;
  outcome: WebhookOutcome;
  duration_ms: number;
}>;

/** One pass of the reconciler over one kind of unfinished things. */
export type ReconcileObserved = Readonly<{
  /** What was looked at, e.g. `operations`, `attempts`, `webhooks`; a word of ours, never one from outside. */
  task: string;
  /** Brought to their end. */
  settled: number;
  /** Nothing new; looked at again later. */
  waiting: number;
  /** Could not be looked at, or failed. */
  failed: number;
  duration_ms: number;
}>;

/** Tells logs and metrics what happens. Never throws, and knows neither card data nor secrets. */
export type Telemetry = {
  observeCall(event: GatewayCallObserved): void;
  observeFinding(event: FindingObserved): void;
  observeWebhook(event: WebhookObserved): void;
  observeReconcile(event: ReconcileObserved): void;
};
