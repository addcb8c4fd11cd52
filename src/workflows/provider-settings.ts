import { z } from "@medusajs/framework/zod";
import type { ProviderSetting } from "../services";

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
  amounts: z.record(z.string(), z.object({ min_minor: Minor.optional(), max_minor: Minor.optional() })).optional(),
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
};

/** A stored setting as the options service takes it. JSON columns are parsed here and trusted inside. */
export function toProviderSetting(stored: StoredSetting): ProviderSetting {
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
