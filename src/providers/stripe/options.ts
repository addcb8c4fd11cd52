import { MedusaError } from "@medusajs/framework/utils";
import { z } from "@medusajs/framework/zod";
import { isSafeServiceAddress, UNSAFE_ADDRESS } from "../../gateway/service-address";
import { BANK_DEBITS, DEFAULT_METHODS, METHOD_IDS, type StripeMethod } from "./methods";

/** Options of `@medusajs/payment-stripe` by their name here, so that its configuration works as it stands. */
export const OFFICIAL_NAMES: Readonly<Record<string, string>> = {
  apiKey: "api_key",
  webhookSecret: "webhook_secret",
  automaticPaymentMethods: "automatic_payment_methods",
  paymentMethodConfiguration: "payment_method_configuration",
  paymentDescription: "payment_description",
  oxxoExpiresDays: "oxxo_expires_days",
  asyncPaymentMethodTypes: "async_payment_method_types",
};

const Secret = z.string().trim().min(8);
const Domain = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/, "must be a domain without https://");

/** Every option there is, by its name here. */
export const OptionsSchema = z.object({
  /** Secret or restricted key of the account. */
  api_key: z
    .string()
    .regex(/^\s*[sr]k_\w+\s*$/, 'must be a secret key ("sk_…") or a restricted one ("rk_…")')
    .trim(),
  /** For the shopper's browser; without it the storefront has to know it itself. */
  publishable_key: z
    .string()
    .regex(/^pk_\w+$/, 'must be a publishable key ("pk_…")')
    .optional(),
  /** Signing secret of the webhook endpoint; without it every webhook is refused. */
  webhook_secret: Secret.optional(),
  /** Secrets that are being replaced, or those of further endpoints; accepted beside `webhook_secret`. */
  previous_webhook_secrets: z.array(Secret).max(5).default([]),
  capture: z
    .union([z.enum(["manual", "automatic"]), z.boolean()])
    .default("manual")
    .transform((capture) => (typeof capture === "string" ? capture : capture ? "automatic" : "manual")),
  /** What shoppers are offered, each as an option of its own. */
  methods: z
    .array(z.enum(METHOD_IDS as readonly [StripeMethod, ...StripeMethod[]]))
    .min(1)
    .refine((methods) => new Set(methods).size === methods.length, "must not name a method twice")
    .optional(),
  /** Offers `dynamic`: the methods that the account's settings allow, in Stripe's own form. */
  automatic_payment_methods: z.boolean().default(false),
  /** The account's set of payment methods that `dynamic` offers. */
  payment_method_configuration: z
    .string()
    .regex(/^pmc_\w+$/, 'must be an id ("pmc_…")')
    .optional(),
  payment_description: z.string().min(1).max(1000).optional(),
  oxxo_expires_days: z.number().int().min(1).max(7).optional(),
  /** Stripe's types that take days and whose order is placed before the bank has answered; none: it waits for that. */
  async_payment_method_types: z.array(z.string()).default([...BANK_DEBITS]),
  /** ISO 4217 codes to offer; all that Stripe takes when left out. */
  currencies: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 code")
        .transform((code) => code.toUpperCase()),
    )
    .min(1)
    .optional(),
  /** Where a shopper returns to when the caller names no page: needed by Medusa's own routes. */
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  /** Deletes Stripe's customer, and with it all saved methods, when Medusa deletes its own. */
  delete_customers: z.boolean().default(false),
  /** The store's domains that show wallet buttons. */
  wallet_domains: z.array(Domain).max(100).default([]),
  /** Content of `/.well-known/apple-developer-merchantid-domain-association`, where Apple still asks for it. */
  apple_pay_domain_association: z.string().min(1).max(20_000).optional(),
  /** Another address of the API; plain http on this machine only. For tests. */
  api_url: z.string().refine(isSafeServiceAddress, UNSAFE_ADDRESS).optional(),
});

/** The options after parsing. */
export type StripeOptions = Readonly<Omit<z.output<typeof OptionsSchema>, "methods">> &
  Readonly<{ methods: readonly StripeMethod[] }>;

/**
 * Checks what the operator wrote under `options` of this provider, in the official plugin's words or ours.
 * @throws MedusaError `invalid_data` naming the option, never its value
 */
export function parseOptions(options: unknown): StripeOptions {
  const parsed = OptionsSchema.safeParse(inOurWords(options));
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => `"${issue.path.join(".")}" ${issue.message}`).join("; "),
    );
  }
  const { methods, ...rest } = parsed.data;
  return { ...rest, methods: methods ?? defaultMethods(rest) };
}

/** Every secret that webhooks may be signed with; none when webhooks cannot be checked. */
export function webhookSecretsOf({
  webhook_secret,
  previous_webhook_secrets,
}: StripeOptions): readonly string[] {
  return webhook_secret === undefined
    ? previous_webhook_secrets
    : [webhook_secret, ...previous_webhook_secrets];
}

/** Names of options that may be left out, and without which cards or news do not come through. */
export function missingOptions(options: StripeOptions): readonly string[] {
  return [
    ...(options.publishable_key === undefined ? ["publishable_key"] : []),
    ...(webhookSecretsOf(options).length === 0 ? ["webhook_secret"] : []),
  ];
}

/** Whether the key is one of Stripe's test mode, where no money moves. */
export function isTestMode({ api_key }: StripeOptions): boolean {
  return /^[sr]k_test_/.test(api_key);
}

function defaultMethods(options: {
  automatic_payment_methods: boolean;
  payment_method_configuration?: string;
}): readonly StripeMethod[] {
  const asks_for_dynamic =
    options.automatic_payment_methods || options.payment_method_configuration !== undefined;
  return asks_for_dynamic ? [...DEFAULT_METHODS, "dynamic"] : DEFAULT_METHODS;
}

function inOurWords(options: unknown): unknown {
  if (typeof options !== "object" || options === null) {
    return options;
  }
  const renamed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    const ours = OFFICIAL_NAMES[name] ?? name;
    if (value !== undefined && renamed[ours] !== undefined) {
      throw invalid(`"${ours}" is set twice, once under the name it has in @medusajs/payment-stripe`);
    }
    renamed[ours] = value ?? renamed[ours];
  }
  return renamed;
}

function invalid(what: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.INVALID_DATA,
    `The Stripe payment provider's options are not valid: ${what}.`,
  );
}
