import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261123000200 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_finding_status_severity";`);
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_finding_status_severity_id" ON "tender_payment_finding" ("status", "severity", "id") WHERE deleted_at IS NULL;`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tender_payment_finding_status_severity_id";`);
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tender_payment_finding_status_severity" ON "tender_payment_finding" ("status", "severity") WHERE deleted_at IS NULL;`,
    );
  }
}
