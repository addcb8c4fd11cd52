import type { Logger } from "@medusajs/framework/types";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { ProviderSetting } from "../../../services";
import { toProviderSetting, type SettingRow } from "./setting-row";

/** What the operator decided about providers, read on every checkout. */
export class SettingStore {
  constructor(
    private readonly knex: Knex,
    private readonly logger: Pick<Logger, "warn">,
  ) {}

  /** All settings, as the options service takes them. What cannot be read of one is logged and stops no other. */
  async list(): Promise<ProviderSetting[]> {
    const rows = await this.knex<SettingRow & { deleted_at: Date | null }>(
      "tender_payment_provider_setting",
    ).whereNull("deleted_at");
    return rows.map((row) => toProviderSetting(row, (message) => this.logger.warn(message)));
  }
}
