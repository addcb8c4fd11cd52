import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** An attempt's region and when it was first approved and refused, and indexes for the operators' list of attempts. */
export class Migration20261130000500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table "tender_payment_attempt" add column if not exists "region_id" text null, add column if not exists "approved_at" timestamptz null, add column if not exists "declined_at" timestamptz null, add column if not exists "refusal" jsonb null;`,
    );
    this.addSql(REGIONS_OF_CARTS);
    this.addSql(`update "tender_payment_attempt" attempt
      set approved_at = coalesce(
        (select min(finished_at) from "tender_payment_operation"
          where attempt_id = attempt.id and kind = 'authorize' and status = 'succeeded'),
        attempt.updated_at)
      where approved_at is null
        and (status in ('authorized', 'captured')
          or (status in ('released', 'canceled', 'unknown')
            and (order_id is not null
              or exists (select from "tender_payment_operation"
                where attempt_id = attempt.id and kind in ('capture', 'refund') and status = 'succeeded'))));`);
    this.addSql(`update "tender_payment_attempt" attempt
      set refusal = decline,
        declined_at = coalesce(
          (select min(finished_at) from "tender_payment_operation"
            where attempt_id = attempt.id and kind = 'authorize' and status = 'declined'),
          attempt.updated_at)
      where declined_at is null
        and (decline is not null or status = 'declined'
          or exists (select from "tender_payment_operation"
            where attempt_id = attempt.id and kind = 'authorize' and status = 'declined'));`);
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

/** On a new database the cart's tables may come later than ours; then there is nothing to fill in. */
const REGIONS_OF_CARTS = `do $$ begin
  if to_regclass('cart') is not null and to_regclass('cart_payment_collection') is not null then
    update "tender_payment_attempt" attempt set region_id = cart.region_id
      from "cart_payment_collection" link join "cart" on cart.id = link.cart_id
     where link.payment_collection_id = attempt.payment_collection_id and attempt.region_id is null;
    update "tender_payment_attempt" attempt set region_id = cart.region_id
      from "cart" where cart.id = attempt.cart_id and attempt.region_id is null;
  end if;
end $$;`;

const INDEXES: readonly (readonly [name: string, on: string, where: string])[] = [
  ["IDX_tender_payment_attempt_created_at_id", `"created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_status_created_at_id", `"status", "created_at", "id"`, ""],
  ["IDX_tender_payment_attempt_provider_id_created_at_id", `"provider_id", "created_at", "id"`, ""],
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
