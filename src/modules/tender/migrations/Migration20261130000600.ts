import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Operators page through the inbox of webhooks, newest first, and look events up. */
export class Migration20261130000600 extends Migration {
  override async up(): Promise<void> {
    for (const [name, columns] of INDEXES) {
      this.addSql(
        `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_${name}" ON "tender_payment_webhook_event" (${columns}) WHERE deleted_at IS NULL;`,
      );
    }
  }

  override async down(): Promise<void> {
    for (const [name] of INDEXES) {
      this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_${name}";`);
    }
  }
}

const INDEXES = [
  ["status_id", `"status", "id"`],
  ["provider_id_id", `"provider_id", "id"`],
  ["event_id", `"event_id"`],
] as const;
