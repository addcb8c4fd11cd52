import { generateEntityId } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import { takeDue, type DueTable } from "./due-rows";

export const WEBHOOK_TABLE = "tender_payment_webhook_event";

/** All that working an event needs: not the payload, which may be large. */
export const WEBHOOK_COLUMNS = [
  "id",
  "provider_id",
  "event_id",
  "type",
  "reference",
  "status",
  "tries",
] as const;

/** Who takes an event has this long; after a crash it is due again. */
export const WEBHOOK_LEASE_MS = 60_000;

const DUE: DueTable = {
  table: WEBHOOK_TABLE,
  due_column: "next_try_at",
  count_column: "tries",
  lease_ms: WEBHOOK_LEASE_MS,
  columns: WEBHOOK_COLUMNS,
};

/** Pauses before an event that could not be worked is tried again; after the last one it is dead. */
export const WEBHOOK_RETRY_MS: readonly number[] = [
  5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000,
];

/** How soon an event is looked at again while somebody else works on its payment, and for how long that is no try. */
export const WEBHOOK_BUSY_MS = { look_again: 2_000, at_most: 120_000 } as const;

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

/** The webhook inbox in Postgres. */
export class WebhookEventStore {
  constructor(private readonly knex: Knex) {}

  /** Stores events, due at once; those stored before are absorbed. Returns how many are new. */
  async add(events: readonly NewWebhookEvent[]): Promise<number> {
    if (events.length === 0) {
      return 0;
    }
    const now = new Date();
    const added = await this.knex(WEBHOOK_TABLE)
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
    const [taken] = await takeDue<StoredWebhookEvent>(this.knex, DUE, 1, now);
    return taken;
  }

  /**
   * Puts an event off for a moment because somebody else works on its payment. That is no try, unless it has lasted too
   * long since the event came or was last tried: then `false`, and nothing is changed.
   */
  async postpone({ id }: StoredWebhookEvent, now = new Date()): Promise<boolean> {
    const { look_again, at_most } = WEBHOOK_BUSY_MS;
    const postponed = await this.knex(WEBHOOK_TABLE)
      .where({ id })
      .where("updated_at", ">", new Date(now.getTime() - at_most))
      .update({ tries: this.knex.raw("tries - 1"), next_try_at: new Date(now.getTime() + look_again) });
    return postponed === 1;
  }

  /** Says that an event needs nothing more; `note` tells why nothing was to be done. */
  async finish(id: string, note: string | null = null): Promise<void> {
    await this.end(id, { status: "done", error: note, next_try_at: null, finished_at: new Date() });
  }

  /** Plans the next try, or says that the event is dead when that was the last one. */
  async retry(event: StoredWebhookEvent, error: string, now = new Date()): Promise<void> {
    const pause_ms = pauseAfter(event);
    await this.end(event.id, {
      status: (pause_ms === undefined ? "dead" : "retrying") satisfies WebhookEventStatus,
      error: error.slice(0, 500),
      next_try_at: pause_ms === undefined ? null : new Date(now.getTime() + pause_ms),
      finished_at: pause_ms === undefined ? now : null,
    });
  }

  /** Takes an event again, whatever became of it, for whoever works it now; undefined when there is none. */
  async reopen(id: string, now = new Date()): Promise<StoredWebhookEvent | undefined> {
    const [taken] = await this.knex(WEBHOOK_TABLE)
      .where({ id })
      .whereNull("deleted_at")
      .update(reopened(now))
      .returning([...WEBHOOK_COLUMNS]);
    return taken as StoredWebhookEvent | undefined;
  }

  /** Forgets the bodies of finished events from before that day; returns how many. */
  async forgetPayloads(before: Date): Promise<number> {
    return this.knex(WEBHOOK_TABLE)
      .whereIn("status", ["done", "dead"] satisfies WebhookEventStatus[])
      .where("created_at", "<", before)
      .whereNotNull("payload")
      .update({ payload: null, updated_at: new Date() });
  }

  private async end(id: string, change: Record<string, unknown>): Promise<void> {
    await this.knex(WEBHOOK_TABLE)
      .where({ id })
      .update({ ...change, updated_at: new Date() });
  }
}

/** True when there is no try after this one. */
export function isLastTry(event: StoredWebhookEvent): boolean {
  return pauseAfter(event) === undefined;
}

function pauseAfter({ tries }: StoredWebhookEvent): number | undefined {
  return WEBHOOK_RETRY_MS[tries - 1];
}

/** An event that is worked from the start again by whoever takes it; after a crash it is due at the end of the lease. */
export function reopened(now: Date): Record<string, unknown> {
  return {
    status: "retrying" satisfies WebhookEventStatus,
    tries: 1,
    error: null,
    next_try_at: new Date(now.getTime() + WEBHOOK_LEASE_MS),
    finished_at: null,
    updated_at: now,
  };
}
