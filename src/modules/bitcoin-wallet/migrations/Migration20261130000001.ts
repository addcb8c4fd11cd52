import { Migration } from "@medusajs/framework/mikro-orm/migrations";

const TIMES =
  '"created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null';

export class Migration20261130000001 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "bitcoin_wallet_refund" ("id" text not null, "request_key" text not null, "provider_id" text not null, "chain" text not null, "invoice_id" text not null, "amount_minor" text null, "currency" text null, "sats" text null, "payee_token" text not null, "destination" text null, "status" text not null, "revision" integer not null, "account_id" text null, "psbt" text null, "txid" text null, "earlier_txids" jsonb null, "paid_sats" text null, "fee_sats" text null, "change_index" integer null, "change_script" text null, "change_vout" integer null, "change_sats" text null, "raw" text null, "note" text null, "is_buried" boolean not null default false, ${TIMES}, constraint "bitcoin_wallet_refund_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_deleted_at" ON "bitcoin_wallet_refund" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_request_key_unique" ON "bitcoin_wallet_refund" ("request_key") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_payee_token_unique" ON "bitcoin_wallet_refund" ("payee_token") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_invoice_id" ON "bitcoin_wallet_refund" ("invoice_id") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_provider_id_chain_status" ON "bitcoin_wallet_refund" ("provider_id", "chain", "status") WHERE is_buried = false AND deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_chain_change_script" ON "bitcoin_wallet_refund" ("chain", "change_script") WHERE deleted_at IS NULL;`,
    );

    this.addSql(
      `create table if not exists "bitcoin_wallet_refund_input" ("id" text not null, "refund_id" text not null, "chain" text not null, "txid" text not null, "vout" integer not null, "value_sats" text not null, "address_index" integer not null, "script" text not null, ${TIMES}, constraint "bitcoin_wallet_refund_input_pkey" primary key ("id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_input_deleted_at" ON "bitcoin_wallet_refund_input" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_input_chain_txid_vout_unique" ON "bitcoin_wallet_refund_input" ("chain", "txid", "vout") WHERE deleted_at IS NULL;`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_bitcoin_wallet_refund_input_refund_id" ON "bitcoin_wallet_refund_input" ("refund_id") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    for (const table of ["refund", "refund_input"]) {
      this.addSql(`drop table if exists "bitcoin_wallet_${table}" cascade;`);
    }
  }
}
