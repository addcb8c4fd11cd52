import { z } from "@medusajs/framework/zod";
import type { Knex } from "@medusajs/framework/mikro-orm/knex";
import type { ProviderSetting } from "../../../services";

const OwnTitles = z.record(z.string(), z.object({ title: z.string(), description: z.string().nullish() }));

const MethodSettings = z.record(
  z.string(),
  z.object({
    enabled: z.boolean().optional(),
    position: z.number().optional(),
    apart: z.boolean().optional(),
    titles: OwnTitles.optional(),
  }),
);

const Minor = z.string().regex(/^\d+$/).transform(BigInt);

const Rules = z.object({
  amounts: z
    .record(z.string(), z.object({ min_minor: Minor.optional(), max_minor: Minor.optional() }))
    .optional(),
  countries: z.array(z.string()).optional(),
  currencies: z.array(z.string()).optional(),
});

type StoredSetting = {
  provider_id: string;
  enabled: boolean;
  position: number;
  apart: boolean;
  titles: unknown;
  methods: unknown;
  rules: unknown;
  deleted_at: Date | null;
};

/** What the operator decided about providers, read on every checkout. */
export class SettingStore {
  constructor(private readonly knex: Knex) {}

  /** All settings, as the options service takes them. */
  async list(): Promise<ProviderSetting[]> {
    const rows = await this.knex<StoredSetting>("tender_payment_provider_setting").whereNull("deleted_at");
    return rows.map(toProviderSetting);
  }
}

/** JSON columns are parsed here and trusted inside. */
function toProviderSetting(stored: StoredSetting): ProviderSetting {
  return {
    provider_id: stored.provider_id,
    enabled: stored.enabled,
    position: stored.position,
    apart: stored.apart,
    titles: stored.titles ? OwnTitles.parse(stored.titles) : undefined,
    methods: stored.methods ? MethodSettings.parse(stored.methods) : undefined,
    rules: stored.rules ? Rules.parse(stored.rules) : undefined,
  };
}
