import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** A provider that an operator set without placing it comes last; what the page of payment options asks for is found. */
export class Migration20261130000300 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "tender_payment_provider_setting" alter column "position" drop not null, alter column "position" drop default;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_provider_id_created_at" ON "tender_payment_webhook_event" ("provider_id", "created_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_failed_at" ON "tender_payment_operation" ("started_at") WHERE error_kind IS NOT NULL AND deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_operation_failed_at";`);
    this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_provider_id_created_at";`);
    this.addSql(`update "tender_payment_provider_setting" set "position" = 0 where "position" is null;`);
    this.addSql(
      `alter table if exists "tender_payment_provider_setting" alter column "position" set default 0, alter column "position" set not null;`,
    );
  }
}
