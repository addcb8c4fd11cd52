import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** What operators changed about recovery rules: one row a rule. */
export class Migration20261130000700 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "tender_recovery_override" ("id" text not null, "rule_id" text not null, "change" jsonb not null, "actor_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_recovery_override_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_recovery_override_rule_id_unique" ON "tender_recovery_override" ("rule_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_recovery_override_deleted_at" ON "tender_recovery_override" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "tender_recovery_override" cascade;`);
  }
}
