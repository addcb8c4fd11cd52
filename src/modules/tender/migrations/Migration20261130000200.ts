import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** What operators change in the admin is kept: who, what, before and after. */
export class Migration20261130000200 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "tender_payment_change" ("id" text not null, "actor_id" text not null, "action" text not null, "subject" text not null, "before" jsonb null, "after" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_change_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_change_deleted_at" ON "tender_payment_change" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_change_subject_id" ON "tender_payment_change" ("subject", "id") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "tender_payment_change" cascade;`);
  }
}
