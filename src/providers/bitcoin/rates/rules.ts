import { z } from "@medusajs/framework/zod";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** When prices are good enough to be quoted, and at what terms. All of it may be set by operators. */
export const QuoteRulesSchema = z.object({
  /** So many sources must agree. One is enough only where the operator trusts it alone. */
  minimum_sources: z.number().int().min(1).max(20).default(2),
  /** Older prices are dropped. */
  max_age_ms: z
    .number()
    .int()
    .min(1_000)
    .max(60 * MINUTE_MS)
    .default(5 * MINUTE_MS),
  /** Prices of a later time than this server's by more are dropped: then its own clock may be late, and hide their age. */
  max_ahead_ms: z.number().int().min(0).max(MINUTE_MS).default(MINUTE_MS),
  /** Basis points from the median beyond which a price is dropped. */
  max_deviation_bps: z.number().int().min(1).max(5_000).default(300),
  /** Basis points that a coin is taken for less than its price: what it costs to exchange it. */
  spread_bps: z.number().int().min(0).max(5_000).default(0),
  /** How long a quote holds. */
  lifetime_ms: z
    .number()
    .int()
    .min(MINUTE_MS)
    .max(DAY_MS)
    .default(15 * MINUTE_MS),
});

export type QuoteRules = Readonly<z.output<typeof QuoteRulesSchema>>;
