import { z } from "@medusajs/framework/zod";
import { MedusaError } from "@medusajs/framework/utils";
import { LimitsSchema, MAX_ATTEMPTS_PER_CART } from "../../services";

/** What an operator may set under the plugin's `options`; every key has a default. */
export const TenderOptionsSchema = z.object({
  /**
   * Where a shopper comes back to after a bank's page. `{cart_id}` and `{attempt_id}` are filled in.
   * Default: the hosted checkout on the host the request came to.
   */
  return_url: z.string().optional(),
  /** The store's own site. The hosted checkout links to it once there is nothing more to do. */
  store_url: z.url({ protocol: /^https?$/ }).optional(),
  /** How long an unknown attempt keeps the cart from being paid another way. */
  unknown_blocks_ms: z.number().int().min(0).default(60_000),
  /** How many attempts one cart may make. The default is the ceiling: a store may only lower it. */
  attempts_per_cart: z.number().int().min(1).max(MAX_ATTEMPTS_PER_CART).default(MAX_ATTEMPTS_PER_CART),
  /** Whether a payment that was refused as suspected fraud may be put to one other provider. */
  risk_switch: z.boolean().default(false),
  /** After this long a payment released by a changed cart is voided. */
  release_after_ms: z.number().int().min(0).default(300_000),
  /**
   * After this long a checkout is abandoned: what was not paid is canceled at the gateway, and an approval that turns
   * up later is given back instead of becoming an order.
   */
  abandoned_after_ms: z.number().int().min(60_000).default(86_400_000),
  /** How long before an order's authorization lapses the operator is told. */
  expiry_warning_ms: z.number().int().min(0).default(172_800_000),
  /** For how many days the bodies of webhooks are kept. */
  webhook_payload_days: z.number().int().min(1).max(3_650).default(30),
  /** Makes `/checkout/demo` available, which creates a cart for whoever asks. */
  demo: z.boolean().default(false),
  /** Digits of amounts in Arabic: `latn` for 123, `arab` for ١٢٣. */
  arabic_digits: z.enum(["latn", "arab"]).default("latn"),
  /** How many payments may be refused, and how many requests be made, before somebody has to wait. */
  limits: LimitsSchema,
});

export type TenderOptions = z.infer<typeof TenderOptionsSchema>;

/** Parses the plugin's options; throws a `MedusaError` that names what is wrong. */
export function parseTenderOptions(options: unknown): TenderOptions {
  const parsed = TenderOptionsSchema.safeParse(options ?? {});
  if (!parsed.success) {
    throw new MedusaError(
      MedusaError.Types.INVALID_ARGUMENT,
      `medusa-tender options: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
