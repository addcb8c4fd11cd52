import { SpanKind, SpanStatusCode, type Span } from "@medusajs/framework/opentelemetry/api";
import { Tracer } from "@medusajs/framework/telemetry";
import type { DeclineCategory } from "./declines";
import type { GatewayErrorKind } from "./errors";
import type { OperationKind } from "./operations";
import type { Outcome, PaymentSnapshot } from "./outcomes";

/** Calls that only read, or that make no payment. */
export type ReadKind = "retrieve" | "customer";

/** How a call to a gateway ended, in words that are few enough to count by. */
export type CallOutcome =
  | Outcome["type"]
  /** Carried out, where there is no more to tell: a capture, a refund, a void, a read. */
  | "succeeded"
  | GatewayErrorKind
  /** Not asked: its last calls failed. */
  | "circuit_open";

/** One call to a gateway, as logs and metrics tell it. Holds no amounts, no card data and no secrets. */
export type GatewayCallObserved = Readonly<{
  provider_id: string;
  attempt_id?: string;
  kind: OperationKind | ReadKind;
  outcome: CallOutcome;
  decline_category?: DeclineCategory;
  duration_ms: number;
}>;

/** What is known of a call before it is made. */
export type CallSubject = Pick<GatewayCallObserved, "provider_id" | "attempt_id" | "kind">;

/** What came of it. */
export type CallEnd = Pick<GatewayCallObserved, "outcome" | "decline_category">;

/** Reads how a call ended from what it answered. */
export function endOf(result: Outcome | PaymentSnapshot): CallEnd {
  if (!("type" in result)) {
    return { outcome: "succeeded" };
  }
  return result.type === "declined"
    ? { outcome: "declined", decline_category: result.decline.category }
    : { outcome: result.type };
}

/**
 * Makes the call inside an OpenTelemetry span named after its kind, e.g. `tender.authorize`. Without a tracer registered
 * by the store it costs next to nothing. `work` reports how the call ended before it returns or throws.
 */
export function inSpan<T>(
  subject: CallSubject,
  work: (ended: (end: CallEnd) => void) => Promise<T>,
): Promise<T> {
  const options = { kind: SpanKind.CLIENT, attributes: attributesOf(subject) };
  return tracer().startActiveSpan(`tender.${subject.kind}`, options, async (span) => {
    try {
      return await work((end) => describeEnd(span, end));
    } finally {
      span.end();
    }
  });
}

/** Made at the first call: the store registers its OpenTelemetry while it starts. */
function tracer() {
  own_tracer ??= new Tracer("medusa-tender");
  return own_tracer.getOTTracer();
}
let own_tracer: Tracer | undefined;

/** Ends that say something is wrong with the gateway or the store, and not just with a card. */
const FAULTS: readonly CallOutcome[] = ["unavailable", "unknown", "misconfigured", "circuit_open"];

function describeEnd(span: Span, { outcome, decline_category }: CallEnd): void {
  span.setAttributes({
    "tender.outcome": outcome,
    ...(decline_category && { "tender.decline_category": decline_category }),
  });
  if (FAULTS.includes(outcome)) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  }
}

function attributesOf({ provider_id, kind, attempt_id }: CallSubject): Record<string, string> {
  return {
    "tender.provider": provider_id,
    "tender.kind": kind,
    ...(attempt_id && { "tender.attempt_id": attempt_id }),
  };
}
