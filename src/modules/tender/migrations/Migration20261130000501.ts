import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/**
 * Figures about payments, added up per hour. Whoever writes an attempt only notes its hour, in a row of its own that
 * nobody else waits for; whoever reads figures adds up the noted hours anew.
 */
export class Migration20261130000501 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table if not exists "tender_payment_figure" (
      "hour" timestamptz not null,
      "provider_id" text not null,
      "region_id" text not null,
      "currency" text not null,
      "attempts" integer not null,
      "approved" integer not null,
      "declined" integer not null,
      "not_reached" integer not null,
      "approved_minor" numeric not null,
      "recovered" integer not null,
      "recovered_minor" numeric not null,
      constraint "tender_payment_figure_pkey" primary key ("hour", "provider_id", "region_id", "currency")
    );`);
    this.addSql(`create table if not exists "tender_payment_decline_figure" (
      "hour" timestamptz not null,
      "provider_id" text not null,
      "region_id" text not null,
      "currency" text not null,
      "category" text not null,
      "code" text not null,
      "declines" integer not null,
      constraint "tender_payment_decline_figure_pkey"
        primary key ("hour", "provider_id", "region_id", "currency", "category", "code")
    );`);
    this.addSql(`create table if not exists "tender_payment_time_figure" (
      "grain" text not null check ("grain" in ('hour', 'day')),
      "starts_at" timestamptz not null,
      "provider_id" text not null,
      "region_id" text not null,
      "currency" text not null,
      "step" integer not null,
      "attempts" integer not null,
      "carts" integer not null,
      constraint "tender_payment_time_figure_pkey"
        primary key ("grain", "starts_at", "provider_id", "region_id", "currency", "step")
    );`);
    this.addSql(`create table if not exists "tender_payment_figure_due" (
      "payment_collection_id" text null,
      "hour" timestamptz not null
    );`);
    this.addSql(NOTE_HOUR);
    this.addSql(`create or replace trigger "tender_payment_attempt_new_figures"
      after insert or delete on "tender_payment_attempt"
      for each row execute function "tender_note_figures_due"();`);
    this.addSql(`create or replace trigger "tender_payment_attempt_other_figures"
      after update on "tender_payment_attempt"
      for each row when (${CHANGES_FIGURES}) execute function "tender_note_figures_due"();`);
    // How far the job has come that fills in what attempts from before lack; no row: nothing is left.
    this.addSql(`create table if not exists "tender_payment_history_left" ("after_id" text not null);`);
    this.addSql(
      `insert into "tender_payment_history_left" select '' where exists (select from "tender_payment_attempt");`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop trigger if exists "tender_payment_attempt_new_figures" on "tender_payment_attempt";`);
    this.addSql(`drop trigger if exists "tender_payment_attempt_other_figures" on "tender_payment_attempt";`);
    this.addSql(`drop function if exists "tender_note_figures_due"();`);
    for (const table of ["figure", "decline_figure", "time_figure", "figure_due", "history_left"]) {
      this.addSql(`drop table if exists "tender_payment_${table}";`);
    }
  }
}

const NOTE_HOUR = `create or replace function "tender_note_figures_due"() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into "tender_payment_figure_due" values (old.payment_collection_id, date_trunc('hour', old.created_at, 'UTC'));
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.created_at <> old.created_at) then
    insert into "tender_payment_figure_due" values (new.payment_collection_id, date_trunc('hour', new.created_at, 'UTC'));
  end if;
  return null;
end $$;`;

/** A change of status matters where it may tell that a provider was not reached; all else stands in other columns. */
const CHANGES_FIGURES = `
  (old.approved_at, old.declined_at, old.refusal, old.order_id, old.region_id, old.provider_id, old.amount_minor,
   old.currency, old.created_at, old.deleted_at, old.status in ('failed', 'released', 'canceled'))
  is distinct from
  (new.approved_at, new.declined_at, new.refusal, new.order_id, new.region_id, new.provider_id, new.amount_minor,
   new.currency, new.created_at, new.deleted_at, new.status in ('failed', 'released', 'canceled'))`;
