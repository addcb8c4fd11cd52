import { z } from "@medusajs/framework/zod";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So many refused payments within so long a time; `false` counts nothing. */
function refusals(most: number, within_ms: number) {
  return z
    .union([
      z.literal(false),
      z.strictObject({
        refusals: z.number().int().min(1).default(most),
        within_ms: z.number().int().min(1_000).default(within_ms),
      }),
    ])
    .prefault({});
}

function perMinute(most: number) {
  return z.union([z.literal(false), z.number().int().min(1)]).default(most);
}

/** The plugin's option `limits`. Every key has a default, and every limit can be `false`. */
export const LimitsSchema = z
  .strictObject({
    cart: refusals(10, HOUR_MS),
    /** A logged-in customer, over all of their carts. */
    customer: refusals(10, HOUR_MS),
    /** A household or an office shares one. */
    address: refusals(10, HOUR_MS),
    /** When refusals look like somebody trying stolen cards, and what holds while they do. */
    card_testing: z
      .union([
        z.literal(false),
        z.strictObject({
          refusals: z.number().int().min(1).default(10),
          carts: z.number().int().min(1).default(6),
          /** Of the carts that were tried to be paid, how many were refused: 0.7 is 70 %. */
          refused_share: z.number().min(0).max(1).default(0.7),
          within_ms: z
            .number()
            .int()
            .min(1_000)
            .default(10 * MINUTE_MS),
          /** How long the stricter limits hold after it last looked so. */
          lasts_ms: z
            .number()
            .int()
            .min(1_000)
            .default(10 * MINUTE_MS),
          customer: refusals(3, DAY_MS),
          address: refusals(2, DAY_MS),
        }),
      ])
      .prefault({}),
    /** Requests of one address to one server process. */
    requests_per_minute: z
      .strictObject({
        read: perMinute(300),
        start: perMinute(60),
        confirm: perMinute(60),
        page: perMinute(120),
        asset: perMinute(600),
        demo: perMinute(20),
        webhook: perMinute(6_000),
      })
      .prefault({}),
    /**
     * How many proxies stand in front of Medusa and write `X-Forwarded-For`. Left out, Express decides (`req.ip`),
     * which Medusa tells to trust one.
     */
    trusted_proxies: z.number().int().min(0).max(10).optional(),
  })
  .prefault({});

export type Limits = z.infer<typeof LimitsSchema>;

/** So many refusals within so long a time. */
export type RefusalLimit = Readonly<{ refusals: number; within_ms: number }>;

export type RequestKind = keyof Limits["requests_per_minute"];
