import { MedusaError } from "@medusajs/framework/utils";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import {
  WEBHOOK_COLUMNS,
  WEBHOOK_TABLE,
  reopened,
  type StoredWebhookEvent,
  type WebhookEventStatus,
} from "./webhook-event-store";

/** Longest page. */
const MOST_PER_PAGE = 200;

const SHOWN = [...WEBHOOK_COLUMNS, "next_try_at", "error", "finished_at", "created_at"] as const;

/** A webhook as operators see it in the list. */
export type InboxEvent = StoredWebhookEvent &
  Readonly<{
    next_try_at: Date | null;
    /** Why it could not be worked, or why there was nothing to do. */
    error: string | null;
    finished_at: Date | null;
    created_at: Date;
  }>;

/** `payload` as received; `null` once it is forgotten. */
export type InboxEventWithPayload = InboxEvent & Readonly<{ payload: string | null }>;

export type InboxQuery = Readonly<{
  status?: WebhookEventStatus;
  provider_id?: string;
  /** A whole event id, or a whole reference of a payment. */
  search?: string;
  /** 1 to 200. */
  limit: number;
  /** `next_cursor` of the page before. */
  cursor?: string;
}>;

export type InboxPage = Readonly<{ events: readonly InboxEvent[]; next_cursor: string | null }>;

export type DeadCount = Readonly<{ provider_id: string; count: number }>;

/** What operators see of the webhooks, and how they take dead ones up again. */
export class WebhookInbox {
  constructor(private readonly knex: Knex) {}

  /** A page of events, newest first. Throws `INVALID_DATA` for a cursor that is none, and for a page longer than 200. */
  async list({ status, provider_id, search, limit, cursor }: InboxQuery): Promise<InboxPage> {
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
      throw invalid(`"limit" must be a whole number from 1 to ${MOST_PER_PAGE}.`);
    }
    if (cursor !== undefined && !/^payevt_\w{1,60}$/.test(cursor)) {
      throw invalid('"cursor" must be the next_cursor of the page before.');
    }
    const rows: InboxEvent[] = await this.table()
      .select(...SHOWN)
      .where((event) => {
        if (status !== undefined) event.where({ status });
        if (provider_id !== undefined) event.where({ provider_id });
        if (search !== undefined) {
          event.where((either) => either.where({ event_id: search }).orWhere({ reference: search }));
        }
        if (cursor !== undefined) event.where("id", "<", cursor);
      })
      .orderBy("id", "desc")
      .limit(limit + 1);
    const events = rows.slice(0, limit);
    return { events, next_cursor: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
  }

  async find(id: string): Promise<InboxEventWithPayload | null> {
    const row = await this.table()
      .where({ id })
      .first(...SHOWN, "payload");
    return row ?? null;
  }

  /** How many are dead, by provider; without those that have none. */
  async countDead(): Promise<DeadCount[]> {
    const rows: { provider_id: string; count: string }[] = await this.table()
      .where({ status: "dead" satisfies WebhookEventStatus })
      .groupBy("provider_id")
      .orderBy("provider_id")
      .select("provider_id", this.knex.raw("count(*) as count"));
    return rows.map(({ provider_id, count }) => ({ provider_id, count: Number(count) }));
  }

  /** Takes dead events of a provider for whoever works them now, oldest first; two callers never take the same. */
  async reopenDead(provider_id: string, limit: number, now = new Date()): Promise<StoredWebhookEvent[]> {
    const dead = this.table()
      .select("id")
      .where({ provider_id, status: "dead" satisfies WebhookEventStatus })
      .orderBy("id")
      .limit(limit)
      .forUpdate()
      .skipLocked();
    return this.knex(WEBHOOK_TABLE)
      .withMaterialized("dead", dead)
      .whereIn("id", this.knex("dead").select("id"))
      .update(reopened(now))
      .returning([...WEBHOOK_COLUMNS]) as unknown as Promise<StoredWebhookEvent[]>;
  }

  private table() {
    return this.knex(WEBHOOK_TABLE).whereNull("deleted_at");
  }
}

function invalid(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message);
}
