import type { Logger } from "@medusajs/framework/types";
import type { CallOutcome, GatewayCallObserved } from "../../gateway/telemetry";
import { logLine, type LogValue } from "./log-line";
import { Metrics } from "./metrics";
import type { FindingObserved, ReconcileObserved, Telemetry, WebhookObserved, WebhookOutcome } from "./types";

type Level = "debug" | "info" | "warn" | "error";
type Log = Pick<Logger, Level>;

/** Log lines through Medusa's logger, metrics through OpenTelemetry's API. */
export function createTelemetry(logger: Log): Telemetry {
  const metrics = new Metrics();
  const say = (level: Level, event: string, fields: Readonly<Record<string, LogValue>>) =>
    logger[level](logLine(event, fields));
  const telemetry: Telemetry = {
    observeCall: (event) => {
      const { provider_id, attempt_id, kind, outcome, decline_category, duration_ms } = event;
      const reads = isRead(event);
      const attributes = {
        "tender.provider": provider_id,
        "tender.kind": kind,
        "tender.outcome": outcome,
        ...(decline_category && { "tender.decline_category": decline_category }),
      };
      if (!reads) {
        metrics.count("operations", attributes);
      }
      metrics.time("operation_duration", duration_ms, attributes);
      say(reads ? "debug" : levelOfCall(outcome), reads ? "tender.read" : "tender.operation", {
        provider: provider_id,
        kind,
        outcome,
        decline: decline_category,
        ms: duration_ms,
        attempt: attempt_id,
      });
    },
    observeFinding: ({ id, kind, severity, provider_id, attempt_id, state, detail }) => {
      metrics.count("findings", {
        "tender.provider": provider_id,
        "tender.kind": kind,
        "tender.severity": severity,
        "tender.state": state,
      });
      say(levelOfFinding(state, severity), "tender.finding", {
        provider: provider_id,
        kind,
        severity,
        state,
        finding: id,
        attempt: attempt_id ?? undefined,
        detail,
      });
    },
    observeWebhook: ({ provider_id, type, outcome, duration_ms }) => {
      const attributes = { "tender.provider": provider_id, "tender.outcome": outcome };
      metrics.count("webhooks", attributes);
      metrics.time("webhook_duration", duration_ms, attributes);
      say(LEVEL_OF_WEBHOOK[outcome], "tender.webhook", {
        provider: provider_id,
        type,
        outcome,
        ms: duration_ms,
      });
    },
    observeReconcile: ({ task, settled, waiting, failed, duration_ms }) => {
      for (const [outcome, count] of Object.entries({ settled, waiting, failed })) {
        if (count > 0) {
          metrics.count("reconciled", { "tender.task": task, "tender.outcome": outcome }, count);
        }
      }
      const level = failed > 0 ? "warn" : settled > 0 ? "info" : "debug";
      say(level, "tender.reconcile", { task, settled, waiting, failed, ms: duration_ms });
    },
  };
  return neverThrowing(telemetry, logger);
}

/** For `asFunction(createTelemetryService).singleton()`; `logger` is what Medusa's container calls its logger. */
export function createTelemetryService({ logger }: { logger: Logger }): Telemetry {
  return createTelemetry(logger);
}

function isRead({ kind }: GatewayCallObserved): boolean {
  return kind === "retrieve" || kind === "customer";
}

function levelOfCall(outcome: CallOutcome): Level {
  return outcome === "unknown" || outcome === "misconfigured" ? "warn" : "info";
}

function levelOfFinding(state: FindingObserved["state"], severity: FindingObserved["severity"]): Level {
  if (state === "resolved") {
    return "info";
  }
  return severity === "high" ? "error" : "warn";
}

const LEVEL_OF_WEBHOOK: Readonly<Record<WebhookOutcome, Level>> = {
  received: "info",
  duplicate: "info",
  bad_signature: "warn",
  ignored: "info",
  not_verified: "error",
  not_stored: "error",
  done: "info",
  retrying: "warn",
  dead: "error",
};

/** Whoever reports an event goes on whatever becomes of the report: it is about money, and this is not. */
function neverThrowing(telemetry: Telemetry, logger: Log): Telemetry {
  const guard =
    <E>(observe: (event: E) => void) =>
    (event: E): void => {
      try {
        observe(event);
      } catch (error) {
        logger.warn(logLine("tender.telemetry", { error: String(error) }));
      }
    };
  return {
    observeCall: guard<GatewayCallObserved>(telemetry.observeCall),
    observeFinding: guard<FindingObserved>(telemetry.observeFinding),
    observeWebhook: guard<WebhookObserved>(telemetry.observeWebhook),
    observeReconcile: guard<ReconcileObserved>(telemetry.observeReconcile),
  };
}
