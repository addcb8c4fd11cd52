import type { WebhookWithAttempt } from "../../../../workflows/operate/webhook-inbox";
import type { AdminWebhook } from "./contract";

/** A webhook as the Admin API shows it, without its payload. */
export function webhookView({ event, attempt }: WebhookWithAttempt): AdminWebhook {
  return {
    id: event.id,
    provider_id: event.provider_id,
    event_id: event.event_id,
    type: event.type,
    reference: event.reference,
    attempt_id: attempt?.id ?? null,
    status: event.status,
    tries: event.tries,
    next_try_at: event.next_try_at?.toISOString() ?? null,
    error: event.error,
    finished_at: event.finished_at?.toISOString() ?? null,
    created_at: event.created_at.toISOString(),
  };
}
