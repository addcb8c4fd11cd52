import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261123000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "tender_payment_attempt" add column if not exists "next_check_at" timestamptz null, add column if not exists "checks" integer not null default 0;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_next_check_at" ON "tender_payment_attempt" ("next_check_at") WHERE next_check_at IS NOT NULL AND deleted_at IS NULL;`,
    );

    this.addSql(
      `alter table if exists "tender_payment_finding" add column if not exists "subject" text null;`,
    );
    this.addSql(
      `update "tender_payment_finding" set "subject" = coalesce("attempt_id", "id") where "subject" is null;`,
    );
    this.addSql(`alter table if exists "tender_payment_finding" alter column "subject" set not null;`);
    this.addSql(`drop index if exists "IDX_tender_payment_finding_open_once";`);
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_finding_open_once" ON "tender_payment_finding" ("kind", "subject") WHERE status = 'open' AND deleted_at IS NULL;`,
    );

    this.addSql(`drop index if exists "IDX_tender_payment_operation_status_next_check_at";`);

    this.addSql(
      `alter table if exists "tender_payment_operation" add column if not exists "checks" integer not null default 0;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_next_check_at" ON "tender_payment_operation" ("next_check_at") WHERE next_check_at IS NOT NULL AND deleted_at IS NULL;`,
    );

    this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_status_next_try_at";`);

    this.addSql(
      `alter table if exists "tender_payment_webhook_event" add column if not exists "finished_at" timestamptz null;`,
    );
    this.addSql(`alter table if exists "tender_payment_webhook_event" alter column "payload" drop not null;`);
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_next_try_at" ON "tender_payment_webhook_event" ("next_try_at") WHERE next_try_at IS NOT NULL AND deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_status_created_at" ON "tender_payment_webhook_event" ("status", "created_at") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_attempt_next_check_at";`);
    this.addSql(
      `alter table if exists "tender_payment_attempt" drop column if exists "next_check_at", drop column if exists "checks";`,
    );

    this.addSql(`drop index if exists "IDX_tender_payment_finding_open_once";`);
    this.addSql(`alter table if exists "tender_payment_finding" drop column if exists "subject";`);
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_finding_open_once" ON "tender_payment_finding" ("kind", "attempt_id") WHERE status = 'open' AND attempt_id IS NOT NULL AND deleted_at IS NULL;`,
    );

    this.addSql(`drop index if exists "IDX_tender_payment_operation_next_check_at";`);
    this.addSql(`alter table if exists "tender_payment_operation" drop column if exists "checks";`);

    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_status_next_check_at" ON "tender_payment_operation" ("status", "next_check_at") WHERE deleted_at IS NULL;`,
    );

    this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_next_try_at";`);
    this.addSql(`drop index if exists "IDX_tender_payment_webhook_event_status_created_at";`);
    this.addSql(`alter table if exists "tender_payment_webhook_event" drop column if exists "finished_at";`);

    this.addSql(`alter table if exists "tender_payment_webhook_event" alter column "payload" set not null;`);
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_status_next_try_at" ON "tender_payment_webhook_event" ("status", "next_try_at") WHERE deleted_at IS NULL;`,
    );
  }
}
