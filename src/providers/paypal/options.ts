import { MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import { isSafeServiceAddress, UNSAFE_ADDRESS } from "../../gateway/service-address";
import { CURRENCIES } from "./amounts";
import { METHOD_IDS, type PayPalMethod } from "./methods";

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;

const Currency = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine((code) => CURRENCIES.includes(code), "must be a currency that PayPal takes");

const Certificate = z.string().regex(/^-----BEGIN CERTIFICATE-----\s/, "must be a certificate in PEM");

/** Every option there is. */
export const OptionsSchema = z.object({
  /** Client id of the REST app. It is public: the shopper's browser gets it too. */
  client_id: z.string().trim().min(10).max(200),
  client_secret: z.string().trim().min(10).max(200),
  /** `live` moves real money. The keys of one do not work in the other. */
  environment: z.enum(["sandbox", "live"]).default("sandbox"),
  /** Id of the webhook in the app's settings, which is part of what is signed; without it every webhook is refused. */
  webhook_id: z
    .string()
    .trim()
    .regex(/^[a-zA-Z0-9]{5,50}$/, "must be the id that PayPal shows beside the webhook")
    .optional(),
  /** `offline`: with the certificate of PayPal's, here. `api`: PayPal is asked about every webhook. */
  webhook_verification: z.enum(["offline", "api"]).default("offline"),
  /** Older webhooks are refused. PayPal repeats for three days what was not taken, perhaps under its first time. */
  webhook_max_age_s: z
    .number()
    .int()
    .min(MINUTE_S)
    .max(4 * DAY_S)
    .default(4 * DAY_S),
  capture: z.enum(["manual", "automatic"]).default("manual"),
  /** What shoppers are offered, each as an option of its own. */
  methods: z
    .array(z.enum(METHOD_IDS as readonly [PayPalMethod, ...PayPalMethod[]]))
    .min(1)
    .refine((methods) => new Set(methods).size === methods.length, "must not name a method twice")
    .default(["paypal"]),
  /** ISO 4217 codes to offer; all that PayPal takes when left out. */
  currencies: z.array(Currency).min(1).optional(),
  /** When the issuer's 3-D Secure is asked for. */
  three_d_secure: z.enum(["when_required", "always"]).default("when_required"),
  /** Keeps wallets and cards for logged-in customers; the account needs PayPal's Vault for it. */
  saved_methods: z.boolean().default(false),
  /** Shown on PayPal's pages in place of the business's name. */
  brand_name: z.string().min(1).max(127).optional(),
  landing_page: z.enum(["login", "guest_checkout", "no_preference"]).default("no_preference"),
  /** End of the text on the payer's card statement. */
  soft_descriptor: z.string().min(1).max(22).optional(),
  payment_description: z.string().min(1).max(127).optional(),
  /** Tells PayPal what is bought and where it goes, beside the amount. */
  send_order_details: z.boolean().default(true),
  /** Refuses bank transfers that take days (eChecks). */
  immediate_payment_only: z.boolean().default(false),
  /** Reads disputes too, which the app needs the permission "Customer Disputes" for. */
  disputes: z.boolean().default(true),
  /** Content of `/.well-known/apple-developer-merchantid-domain-association`, which PayPal gives for Apple Pay. */
  apple_pay_domain_association: z.string().min(1).max(20_000).optional(),
  /** Where a shopper returns to when the caller names no page: needed by Medusa's own routes. */
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  /** Another address of the API; plain http on this machine only. For tests. */
  api_url: z.string().refine(isSafeServiceAddress, UNSAFE_ADDRESS).optional(),
  /** Further places the certificates of webhooks may come from, e.g. `http://127.0.0.1:9100`. For tests. */
  webhook_certificate_origins: z
    .array(
      z
        .string()
        .refine(isSafeServiceAddress, UNSAFE_ADDRESS)
        .transform((address) => new URL(address).origin),
    )
    .max(5)
    .default([]),
  /** Root certificates that are trusted beside those that Node.js brings. */
  webhook_root_certificates: z.array(Certificate).max(10).default([]),
});

/** The options after parsing. */
export type PayPalOptions = Readonly<z.output<typeof OptionsSchema>>;

/**
 * Checks what the operator wrote under `options` of this provider.
 * @throws MedusaError `invalid_data` naming the option, never its value
 */
export function parseOptions(options: unknown): PayPalOptions {
  const parsed = OptionsSchema.safeParse(options);
  if (!parsed.success) {
    const what = parsed.error.issues.map((issue) => `"${issue.path.join(".")}" ${issue.message}`).join("; ");
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      `The PayPal payment provider's options are not valid: ${what}.`,
    );
  }
  return parsed.data;
}

/** Names of options that may be left out, and without which news or an offered method does not come through. */
export function missingOptions(options: PayPalOptions): readonly string[] {
  return [
    ...(options.webhook_id === undefined ? ["webhook_id"] : []),
    ...(options.methods.includes("apple_pay") && options.apple_pay_domain_association === undefined
      ? ["apple_pay_domain_association"]
      : []),
  ];
}
