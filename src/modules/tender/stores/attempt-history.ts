import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { AttemptRecord } from "../../../gateway/journal";
import type { FindingRecord } from "../../../services";
import { toAttemptRecord, type AttemptRow } from "./attempt-row";
import type { StoredWebhookEvent } from "./webhook-event-store";

/** Far more than one payment sees. */
const MOST = 200;

/** A webhook as its payment's history tells of it. */
export type WebhookAbout = Omit<StoredWebhookEvent, "event_id"> &
  Readonly<{ error: string | null; created_at: Date; finished_at: Date | null }>;

/** What else is on record about an attempt. */
export class AttemptHistory {
  constructor(private readonly knex: Knex) {}

  /** Webhooks about these payments of the provider, first to last. */
  webhooks(provider_id: string, references: readonly string[]): Promise<WebhookAbout[]> {
    return this.knex("tender_payment_webhook_event")
      .where({ provider_id })
      .whereIn("reference", [...references])
      .whereNull("deleted_at")
      .orderBy("id")
      .limit(MOST)
      .select(
        "id",
        "provider_id",
        "type",
        "reference",
        "status",
        "tries",
        "error",
        "created_at",
        "finished_at",
      );
  }

  /** Findings about the attempt, open and resolved. */
  findings(attempt_id: string): Promise<FindingRecord[]> {
    return this.knex("tender_payment_finding")
      .where({ attempt_id })
      .whereNull("deleted_at")
      .orderBy("id")
      .limit(MOST)
      .select("*");
  }

  /** Every try to pay the same cart, this one included. */
  async cartsAttempts(payment_collection_id: string): Promise<AttemptRecord[]> {
    const rows: AttemptRow[] = await this.knex("tender_payment_attempt")
      .where({ payment_collection_id })
      .whereNull("deleted_at")
      .orderBy("sequence")
      .limit(MOST);
    return rows.map(toAttemptRecord);
  }
}
