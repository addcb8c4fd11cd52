import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "tender_payment_webhook_event" drop constraint if exists "tender_payment_webhook_event_provider_id_event_id_unique";`,
    );
    this.addSql(
      `alter table if exists "tender_payment_provider_setting" drop constraint if exists "tender_payment_provider_setting_provider_id_unique";`,
    );
    this.addSql(
      `alter table if exists "tender_payment_operation" drop constraint if exists "tender_payment_operation_idempotency_key_unique";`,
    );
    this.addSql(
      `alter table if exists "tender_payment_attempt" drop constraint if exists "tender_payment_attempt_provider_id_gateway_reference_unique";`,
    );
    this.addSql(
      `alter table if exists "tender_payment_attempt" drop constraint if exists "tender_payment_attempt_cart_id_request_key_unique";`,
    );
    this.addSql(
      `create table if not exists "tender_payment_attempt" ("id" text not null, "sequence" integer not null, "payment_collection_id" text null, "payment_session_id" text null, "cart_id" text null, "order_id" text null, "customer_id" text null, "provider_id" text not null, "method" text not null, "amount_minor" text not null, "currency" text not null, "status" text not null, "gateway_reference" text null, "next_action" jsonb null, "decline" jsonb null, "recovery" text null, "recovery_rule_id" text null, "fallback_of" text null, "instrument" jsonb null, "client" jsonb not null, "request_key" text null, "authorization_expires_at" timestamptz null, "claimed_by" text null, "claimed_until" timestamptz null, "finished_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_attempt_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_deleted_at" ON "tender_payment_attempt" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_payment_collection_id_sequence" ON "tender_payment_attempt" ("payment_collection_id", "sequence") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_payment_session_id" ON "tender_payment_attempt" ("payment_session_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_order_id" ON "tender_payment_attempt" ("order_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_status_updated_at" ON "tender_payment_attempt" ("status", "updated_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_cart_id_request_key_unique" ON "tender_payment_attempt" ("cart_id", "request_key") WHERE request_key IS NOT NULL AND deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_provider_id_gateway_reference_unique" ON "tender_payment_attempt" ("provider_id", "gateway_reference") WHERE gateway_reference IS NOT NULL AND deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_attempt_one_open" ON "tender_payment_attempt" ("payment_collection_id") WHERE status IN ('created', 'ready', 'action_required') AND deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "tender_payment_finding" ("id" text not null, "kind" text not null, "severity" text check ("severity" in ('low', 'medium', 'high')) not null, "attempt_id" text null, "provider_id" text not null, "detail" text not null, "status" text check ("status" in ('open', 'resolved')) not null default 'open', "resolution" text null, "resolved_by" text null, "resolved_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_finding_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_finding_deleted_at" ON "tender_payment_finding" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_finding_status_severity" ON "tender_payment_finding" ("status", "severity") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_finding_attempt_id" ON "tender_payment_finding" ("attempt_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_finding_open_once" ON "tender_payment_finding" ("kind", "attempt_id") WHERE status = 'open' AND attempt_id IS NOT NULL AND deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "tender_payment_operation" ("id" text not null, "attempt_id" text not null, "kind" text not null, "amount_minor" text null, "currency" text null, "idempotency_key" text not null, "status" text not null, "tries" integer not null default 1, "gateway_reference" text null, "source_id" text null, "error_kind" text null, "error_message" text null, "started_at" timestamptz not null, "finished_at" timestamptz null, "next_check_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_operation_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_operation_idempotency_key_unique" ON "tender_payment_operation" ("idempotency_key") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_deleted_at" ON "tender_payment_operation" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_attempt_id_kind" ON "tender_payment_operation" ("attempt_id", "kind") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_operation_status_next_check_at" ON "tender_payment_operation" ("status", "next_check_at") WHERE deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "tender_payment_provider_setting" ("id" text not null, "provider_id" text not null, "enabled" boolean not null default true, "position" integer not null default 0, "apart" boolean not null default false, "titles" jsonb null, "methods" jsonb null, "rules" jsonb null, "incentive" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_provider_setting_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_provider_setting_provider_id_unique" ON "tender_payment_provider_setting" ("provider_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_provider_setting_deleted_at" ON "tender_payment_provider_setting" ("deleted_at") WHERE deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "tender_payment_webhook_event" ("id" text not null, "provider_id" text not null, "event_id" text not null, "type" text not null, "reference" text null, "payload" text not null, "status" text check ("status" in ('received', 'done', 'retrying', 'dead')) not null default 'received', "tries" integer not null default 0, "next_try_at" timestamptz null, "error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_webhook_event_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_deleted_at" ON "tender_payment_webhook_event" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_provider_id_event_id_unique" ON "tender_payment_webhook_event" ("provider_id", "event_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_webhook_event_status_next_try_at" ON "tender_payment_webhook_event" ("status", "next_try_at") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "tender_payment_attempt" cascade;`);

    this.addSql(`drop table if exists "tender_payment_finding" cascade;`);

    this.addSql(`drop table if exists "tender_payment_operation" cascade;`);

    this.addSql(`drop table if exists "tender_payment_provider_setting" cascade;`);

    this.addSql(`drop table if exists "tender_payment_webhook_event" cascade;`);
  }
}
