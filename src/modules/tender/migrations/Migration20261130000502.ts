import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** The webhooks of one payment are found without reading all of its provider's. */
export class Migration20261130000502 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_reference" ON "tender_payment_webhook_event" ("reference") WHERE reference IS NOT NULL AND deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_reference";`);
  }
}
