import { generateEntityId } from "@medusajs/framework/utils";
import type { Logger } from "@medusajs/framework/types";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { ProviderSetting } from "../../../services";
import { changeInTurn, type NewChange } from "./change-store";
import { toProviderSetting, type SettingRow } from "./setting-row";

const TABLE = "tender_payment_provider_setting";

const JSON_COLUMNS = ["titles", "methods", "rules", "incentive"] as const;

/** A row with all that operators decide. */
export type FullSettingRow = SettingRow & Readonly<{ incentive: unknown }>;

/** Columns of one provider to be written; those left out stay as they are. */
export type SettingChange = Readonly<{ provider_id: string }> & Partial<Omit<FullSettingRow, "provider_id">>;

/** What the operator decided about providers, read on every checkout. */
export class SettingStore {
  constructor(
    private readonly knex: Knex,
    private readonly logger: Pick<Logger, "warn">,
  ) {}

  /** All settings, as the options service takes them. What cannot be read of one is logged and stops no other. */
  async list(): Promise<ProviderSetting[]> {
    const rows = await this.rows();
    return rows.map((row) => toProviderSetting(row, (message) => this.logger.warn(message)));
  }

  /** All settings as they are written, for whoever changes them. */
  rows(): Promise<FullSettingRow[]> {
    return readRows(this.knex);
  }

  /**
   * Reads all settings, asks what is to be written and writes it, as one step: whoever changes settings at the same time
   * waits and then reads what was written here, so that no change undoes another. What `decide` says for the log of changes
   * is written with it. When `decide` throws, nothing is.
   */
  change<T>(
    decide: (
      rows: readonly FullSettingRow[],
    ) => Readonly<{ write: readonly SettingChange[]; log?: NewChange; result: T }>,
  ): Promise<T> {
    return changeInTurn(this.knex, "settings", async (trx) => {
      const { write, ...decided } = decide(await readRows(trx));
      for (const change of write) {
        await writeRow(trx, change);
      }
      return decided;
    });
  }
}

function readRows(knex: Knex): Promise<FullSettingRow[]> {
  return knex<FullSettingRow & { deleted_at: Date | null }>(TABLE)
    .select("provider_id", "enabled", "position", "apart", ...JSON_COLUMNS)
    .whereNull("deleted_at")
    .orderBy("provider_id") as unknown as Promise<FullSettingRow[]>;
}

async function writeRow(knex: Knex, change: SettingChange): Promise<void> {
  const columns = {
    ...change,
    ...Object.fromEntries(
      JSON_COLUMNS.filter((name) => change[name] !== undefined).map((name) => [name, toJson(change[name])]),
    ),
    updated_at: new Date(),
  };
  await knex(TABLE)
    .insert({ id: generateEntityId(undefined, "payset"), ...columns })
    .onConflict(knex.raw("(provider_id) WHERE deleted_at IS NULL") as never)
    .merge(columns);
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
