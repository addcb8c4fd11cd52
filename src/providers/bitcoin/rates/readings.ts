import { z } from "@medusajs/framework/zod";
import { SOURCE_FAILURES, type RateSourceError, type SourcePrice } from "./rate-source";

/** What came of asking one source; not judged yet. */
export type Reading = Readonly<{ source: string }> & (SourcePrice | Readonly<{ failed: RateSourceError }>);

/**
 * Why a source had no part in a quote: it gave no price, or one that is
 * - `stale`: too old
 * - `ahead`: of a later time than this server's; one of the two clocks is wrong
 * - `outlier`: too far from the others
 */
export const DROP_REASONS = [...SOURCE_FAILURES, "stale", "ahead", "outlier"] as const;

const TOLD = { source: z.string().min(1), price: z.string(), priced_at: z.iso.datetime() };

/** What became of one source's price. Plain JSON: prices are decimals as the source gave them, times are ISO 8601. */
export const VerdictSchema = z.discriminatedUnion("used", [
  z.object({ ...TOLD, used: z.literal(true) }),
  z.object({
    ...TOLD,
    price: TOLD.price.optional(),
    priced_at: TOLD.priced_at.optional(),
    used: z.literal(false),
    reason: z.enum(DROP_REASONS),
    /** In words, for operators. */
    detail: z.string(),
  }),
]);

export type Verdict = Readonly<z.output<typeof VerdictSchema>>;
export type DropReason = (typeof DROP_REASONS)[number];
