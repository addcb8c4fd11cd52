import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Which promotion an incentive brought into a cart, so that no code of the shopper's own is ever taken off. */
export class Migration20261130000400 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "tender_payment_brought_promotion" ("cart_id" text not null, "code" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tender_payment_brought_promotion_pkey" primary key ("cart_id"));`,
    );
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_brought_promotion_deleted_at" ON "tender_payment_brought_promotion" ("deleted_at") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "tender_payment_brought_promotion" cascade;`);
  }
}
