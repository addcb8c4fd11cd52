import { z } from "@medusajs/framework/zod";
import type { RedactedPayload } from "../../../../services/webhooks/redact-payload";
import { MOST_REPLAYED } from "../../../../workflows/operate/webhook-inbox";
import { pageOf } from "../paging/schemas";

const STATUSES = ["received", "retrying", "done", "dead"] as const;

export const WebhooksQuery = pageOf({
  status: z.enum(STATUSES).optional(),
  provider_id: z.string().max(200).optional(),
  /** A whole event id, or a whole reference of a payment. */
  search: z.string().trim().min(1).max(200).optional(),
});
export type WebhooksQuery = z.infer<typeof WebhooksQuery>;

/** Either chosen webhooks, whatever became of them, or the oldest dead ones of a provider. */
export const ReplayWebhooksBody = z.union([
  z.strictObject({ ids: z.array(z.string().max(100)).min(1).max(MOST_REPLAYED) }),
  z.strictObject({
    dead_of: z.string().min(1).max(200),
    limit: z.number().int().min(1).max(MOST_REPLAYED).default(MOST_REPLAYED),
  }),
]);
export type ReplayWebhooksBody = z.infer<typeof ReplayWebhooksBody>;

/** An event that a gateway told, or that was looked up at a service without webhooks; times are ISO 8601 in UTC. */
export type AdminWebhook = Readonly<{
  id: string;
  provider_id: string;
  /** The gateway's own id of the event, type, and reference of the payment. */
  event_id: string;
  type: string;
  reference: string | null;
  /** The attempt with this payment. */
  attempt_id: string | null;
  status: (typeof STATUSES)[number];
  tries: number;
  next_try_at: string | null;
  /** Why it could not be worked; of one that is done, why there was nothing to do. */
  error: string | null;
  finished_at: string | null;
  created_at: string;
}>;

/** `GET /admin/tender/webhooks`: newest first. */
export type AdminWebhooksResult = Readonly<{
  webhooks: readonly AdminWebhook[];
  next_cursor: string | null;
}>;

/** `GET /admin/tender/webhooks/:id`; `payload` without personal data, secrets and card data, `null` once it is forgotten. */
export type AdminWebhookResult = Readonly<{ webhook: AdminWebhook; payload: RedactedPayload | null }>;

/** `GET /admin/tender/webhooks/dead`: providers that have any. */
export type AdminDeadWebhooksResult = Readonly<{
  dead: readonly Readonly<{ provider_id: string; count: number }>[];
}>;

/** `POST /admin/tender/webhooks/replay`: what became of them, and how many dead ones of the provider are left. */
export type AdminReplayedWebhooksResult = Readonly<{
  worked: Readonly<Record<"done" | "busy" | "retrying" | "dead", number>>;
  remaining: number;
}>;
