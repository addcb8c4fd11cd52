import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/**
 * Tables of the limits on refused payments. Unlogged: they are counted for a day at most, a confirm must not wait for
 * the disk because of them, and after a crash of PostgreSQL it does no harm to begin anew.
 */
export class Migration20261123000100 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create unlogged table if not exists "tender_payment_try" (
        "id" text not null,
        "cart_id" text not null,
        "address_key" text null,
        "keys" text[] not null,
        "state" text not null check ("state" in ('open', 'held', 'refused', 'paid', 'freed', 'blocked')),
        "tried_at" timestamptz not null default now(),
        constraint "tender_payment_try_pkey" primary key ("id")
      );`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_try_tried_at" ON "tender_payment_try" ("tried_at");`,
    );
    this.addSql(
      `create unlogged table if not exists "tender_payment_limit" (
        "key" text not null,
        "held" integer not null,
        "refused" integer not null,
        "refused_cart_id" text null,
        "expires_at" timestamptz not null,
        constraint "tender_payment_limit_pkey" primary key ("key")
      );`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_limit_expires_at" ON "tender_payment_limit" ("expires_at");`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "tender_payment_limit";`);
    this.addSql(`drop table if exists "tender_payment_try";`);
  }
}
