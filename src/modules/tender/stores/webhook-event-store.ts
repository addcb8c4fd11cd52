import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";

const TABLE = "tender_payment_webhook_event";

/** Who takes an event has this long; after a crash it is due again. */
const LEASE_MS = 60_000;

/** Pauses before an event that could not be worked is tried again; after the last one it is dead. */
export const WEBHOOK_RETRY_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000,
];

export type WebhookEventStatus = "received" | "retrying" | "done" | "dead";

/** A webhook as stored. */
export type StoredWebhookEvent = Readonly<{
  id: string;
  provider_id: string;
  event_id: string;
  type: string;
  reference: string | null;
  status: WebhookEventStatus;
  /** How often it was worked, this time included. */
  tries: number;
}>;

export type NewWebhookEvent = Readonly<{
  provider_id: string;
  event_id: string;
  type: string;
  reference: string | null;
  payload: string;
}>;

const COLUMNS = ["id", "provider_id", "event_id", "type", "reference", "status", "tries"];

/** The webhook inbox in Postgres. */
export class WebhookEventStore {
  constructor(private readonly knex: Knex) {}

  /** Stores events, due at once; those stored before are absorbed. Returns how many are new. */
  async add(events: readonly NewWebhookEvent[]): Promise<number> {
    const now = new Date();
    const added = await this.knex(TABLE)
      .insert(
        events.map((event) => ({
          ...event,
          id: generateEntityId(undefined, "payevt"),
          status: "received" satisfies WebhookEventStatus,
          tries: 0,
          next_try_at: now,
          created_at: now,
          updated_at: now,
        })),
      )
      .onConflict(this.knex.raw("(provider_id, event_id) WHERE deleted_at IS NULL") as never)
      .ignore()
      .returning("id");
    return added.length;
  }

  /** Takes the next event that is due for a while; several workers and servers never take the same. */
  async takeDue(now = new Date()): Promise<StoredWebhookEvent | undefined> {
    const due = this.knex(TABLE)
      .select("id")
      .whereNotNull("next_try_at")
      .where("next_try_at", "<=", now)
      .whereNull("deleted_at")
      .orderBy("next_try_at")
      .limit(1)
      .forUpdate()
      .skipLocked();
    const [taken] = await this.knex(TABLE)
      .whereIn("id", due)
      .update({ tries: this.knex.raw("tries + 1"), next_try_at: new Date(now.getTime() + LEASE_MS) })
      .returning(COLUMNS);
    return taken as StoredWebhookEvent | undefined;
  }

  /** Says that an event needs nothing more; `note` tells why nothing was to be done. */
  async finish(id: string, note: string | null = null): Promise<void> {
    await this.end(id, { status: "done", error: note, next_try_at: null, finished_at: new Date() });
  }

  /** Plans the next try, or says that the event is dead when there is none. Returns its status. */
  async retry(event: StoredWebhookEvent, error: string, now = new Date()): Promise<WebhookEventStatus> {
    const pause_ms = WEBHOOK_RETRY_MS[event.tries - 1];
    const status: WebhookEventStatus = pause_ms === undefined ? "dead" : "retrying";
    await this.end(event.id, {
      status,
      error: error.slice(0, 500),
      next_try_at: pause_ms === undefined ? null : new Date(now.getTime() + pause_ms),
      finished_at: pause_ms === undefined ? now : null,
    });
    return status;
  }

  /** Takes an event again, whatever became of it, for whoever works it now; undefined when there is none. */
  async reopen(id: string, now = new Date()): Promise<StoredWebhookEvent | undefined> {
    const [taken] = await this.knex(TABLE)
      .where({ id })
      .whereNull("deleted_at")
      .update({
        status: "received" satisfies WebhookEventStatus,
        tries: 1,
        error: null,
        next_try_at: new Date(now.getTime() + LEASE_MS),
        finished_at: null,
        updated_at: now,
      })
      .returning(COLUMNS);
    return taken as StoredWebhookEvent | undefined;
  }

  /** Forgets the bodies of finished events from before that day; returns how many. */
  async forgetPayloads(before: Date): Promise<number> {
    return this.knex(TABLE)
      .whereIn("status", ["done", "dead"] satisfies WebhookEventStatus[])
      .where("created_at", "<", before)
      .whereNotNull("payload")
      .update({ payload: null, updated_at: new Date() });
  }

  private async end(id: string, change: Record<string, unknown>): Promise<void> {
    await this.knex(TABLE)
      .where({ id })
      .update({ ...change, updated_at: new Date() });
  }
}
