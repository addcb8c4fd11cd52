import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Whoever puts a dashboard's moves on record holds a lease of their own, which a crash ends by itself. */
export class Migration20261130000100 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "tender_payment_attempt" add column if not exists "mirrored_by" text null, add column if not exists "mirrored_until" timestamptz null;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table "tender_payment_attempt" drop column if exists "mirrored_by", drop column if exists "mirrored_until";`,
    );
  }
}
