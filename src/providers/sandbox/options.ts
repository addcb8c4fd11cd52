import { z } from "@medusajs/framework/zod";
import { MedusaError } from "@medusajs/framework/utils";
import { isSafeServiceAddress, UNSAFE_ADDRESS } from "../../gateway";

const OptionsSchema = z.object({
  /** Tells several sandbox providers of one store apart. */
  id: z.string().min(1).optional(),
  /** Address of this merchant's API at the bank; plain http on this machine only. */
  bank_url: z.string().refine(isSafeServiceAddress, UNSAFE_ADDRESS),
  api_key: z.string().min(8),
  webhook_secret: z.string().min(8),
  /** Secrets that were in use before; accepted until the bank has been told the new one. */
  previous_webhook_secrets: z.array(z.string().min(8)).max(5).default([]),
  capture: z.enum(["manual", "automatic"]).default("manual"),
  /** ISO 4217 codes to offer; all when left out. */
  currencies: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 code")
        .transform((code) => code.toUpperCase()),
    )
    .min(1)
    .optional(),
  /** The sandbox gives goods away for test cards: a store in production must ask for that in so many words. */
  allow_in_production: z.boolean().default(false),
});

/** The options after parsing. */
export type SandboxOptions = Readonly<z.output<typeof OptionsSchema>>;

/**
 * Checks what the operator wrote under `options` of this provider.
 * @throws MedusaError `invalid_data` naming the option, never its value; `not_allowed` in production
 */
export function parseOptions(options: unknown, environment = process.env.NODE_ENV): SandboxOptions {
  const parsed = OptionsSchema.safeParse(options);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `"${issue.path.join(".")}" ${issue.message}`).join("; ");
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The sandbox payment provider's options are not valid: ${wrong}.`,
    );
  }
  if (environment === "production" && !parsed.data.allow_in_production) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      "The sandbox payment provider takes no real money and does not start with NODE_ENV=production. " +
        "Remove it from the payment module's providers, or set its option allow_in_production: true.",
    );
  }
  return parsed.data;
}
