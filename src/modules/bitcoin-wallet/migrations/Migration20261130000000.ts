import { Migration } from "@medusajs/framework/mikro-orm/migrations";

const TIMES =
  '"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null';

export class Migration20261130000000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "bitcoin_wallet_account" ("id" text not null, "next_index" integer not null default 0, ${TIMES}, constraint "bitcoin_wallet_account_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_account_deleted_at" ON "bitcoin_wallet_account" ("deleted_at") WHERE deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "bitcoin_wallet_cursor" ("id" text not null, "revision" integer not null, "tip_height" integer not null, "cursor" jsonb not null, "looked_at" timestamptz null, "leader_id" text null, "led_until" timestamptz null, ${TIMES}, constraint "bitcoin_wallet_cursor_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_cursor_deleted_at" ON "bitcoin_wallet_cursor" ("deleted_at") WHERE deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "bitcoin_wallet_invoice" ("id" text not null, "request_key" text not null, "provider_id" text not null, "attempt_id" text not null, "account_id" text not null, "address_index" integer not null, "chain" text not null, "address" text not null, "script" text not null, "amount_minor" text not null, "currency" text not null, "due_sats" text not null, "required_sats" text not null, "confirmations_needed" integer not null, "is_trusted" boolean not null, "quote" jsonb not null, "expires_at" timestamptz not null, "canceled_at" timestamptz null, "settled_at" timestamptz null, "committed_at" timestamptz null, "news_revision" integer null, ${TIMES}, constraint "bitcoin_wallet_invoice_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_invoice_deleted_at" ON "bitcoin_wallet_invoice" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_invoice_request_key_unique" ON "bitcoin_wallet_invoice" ("request_key") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_invoice_account_id_address_index_unique" ON "bitcoin_wallet_invoice" ("account_id", "address_index") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_invoice_chain_script_unique" ON "bitcoin_wallet_invoice" ("chain", "script") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_invoice_provider_id" ON "bitcoin_wallet_invoice" ("provider_id") WHERE news_revision IS NOT NULL AND deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "bitcoin_wallet_output" ("id" text not null, "invoice_id" text not null, "chain" text not null, "txid" text not null, "vout" integer not null, "value_sats" text not null, "paid_at" timestamptz not null, "block_height" integer null, "block_hash" text null, "lost" text null, ${TIMES}, constraint "bitcoin_wallet_output_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_output_deleted_at" ON "bitcoin_wallet_output" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_output_chain_txid_vout_unique" ON "bitcoin_wallet_output" ("chain", "txid", "vout") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_output_invoice_id" ON "bitcoin_wallet_output" ("invoice_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_output_chain_block_hash" ON "bitcoin_wallet_output" ("chain", "block_hash") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_output_chain_block_height" ON "bitcoin_wallet_output" ("chain", "block_height") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    for (const table of ["account", "cursor", "invoice", "output"]) {
      this.addSql(`drop table if exists "bitcoin_wallet_${table}" cascade;`);
    }
  }
}
