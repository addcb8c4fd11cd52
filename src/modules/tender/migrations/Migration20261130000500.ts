import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/**
 * An attempt's region and when it was first approved and refused, and indexes for the operators' list of attempts. What
 * the columns hold of attempts that are there already is filled in by a job, `stores/attempt-backfill.ts`: all migrations
 * of a module run in one transaction, and nobody can pay meanwhile. For the same reason no index can be made
 * `CONCURRENTLY`.
 */
export class Migration20261130000500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "tender_payment_attempt" add column if not exists "region_id" text null, add column if not exists "approved_at" timestamptz null, add column if not exists "declined_at" timestamptz null, add column if not exists "refusal" jsonb null;`,
    );
    for (const [name, on, where] of INDEXES) {
      this.addSql(
        `CREATE INDEX IF NOT EXISTS "${name}" ON "tender_payment_attempt" (${on}) WHERE ${where}deleted_at IS NULL;`,
      );
    }
  }

  override async down(): Promise<void> {
    for (const [name] of INDEXES) {
      this.addSql(`drop index if exists "${name}";`);
    }
    this.addSql(
      `alter table "tender_payment_attempt" drop column if exists "region_id", drop column if exists "approved_at", drop column if exists "declined_at", drop column if exists "refusal";`,
    );
  }
}

const INDEXES: readonly (readonly [name: string, on: string, where: string])[] = [
  ["IDX_tender_payment_attempt_created_at_id", `"created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_status_created_at_id", `"status", "created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_provider_id_created_at_id", `"provider_id", "created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_region_id_created_at_id", `"region_id", "created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_method_created_at_id", `"method", "created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_currency_created_at_id", `"currency", "created_at", "id"`, ""],
  [
    "IDX_tender_payment_attempt_refusal_created_at_id",
    `(refusal ->> 'category'), "created_at", "id"`,
    "refusal IS NOT NULL AND ",
  ],
  ["IDX_tender_payment_attempt_currency_amount", `"currency", (amount_minor::numeric)`, ""],
  [
    "IDX_tender_payment_attempt_gateway_reference",
    `"gateway_reference" text_pattern_ops`,
    "gateway_reference IS NOT NULL AND ",
  ],
];
