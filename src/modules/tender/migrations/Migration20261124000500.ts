import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Several cards may be tried with one attempt, each a try of its own. */
export class Migration20261124000500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table "tender_payment_try" add column if not exists "attempt_id" text null;`);
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_try_attempt_id" ON "tender_payment_try" ("attempt_id");`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_try_attempt_id";`);
    this.addSql(`alter table "tender_payment_try" drop column if exists "attempt_id";`);
  }
}
