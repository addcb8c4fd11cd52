/** The demo store: runs the plugin from source. `npm start` and `npm test` set what it reads from the environment. */
import { defineConfig } from "@medusajs/framework/utils";
import { tenderPayments, type PaymentProviderEntry } from "./src/config";

const env = process.env;
const isTest = env.NODE_ENV === "test";
const base_url = env.TENDER_BASE_URL ?? "http://localhost:9000";

/** One account at the sandbox bank; two of them show a switch of processors. */
function sandbox(id: "a" | "b"): PaymentProviderEntry {
  const account = `SANDBOX_${id.toUpperCase()}`;
  return {
    resolve: "./src/providers/sandbox",
    id,
    options: {
      bank_url: env[`${account}_URL`] ?? "http://localhost:9002",
      api_key: env[`${account}_API_KEY`] ?? `api-key-of-sandbox-${id}`,
      webhook_secret: env[`${account}_WEBHOOK_SECRET`] ?? `webhook-secret-of-sandbox-${id}`,
      capture: env[`${account}_CAPTURE`] ?? "manual",
      ...(env.SANDBOX_TIMEOUT_MS && { timeout_ms: Number(env.SANDBOX_TIMEOUT_MS) }),
    },
  };
}

/** Stripe through this plugin, when asked for. */
const stripe: PaymentProviderEntry[] = env.STRIPE_GATEWAY_API_KEY
  ? [
      {
        resolve: "./src/providers/stripe",
        id: "main",
        options: {
          api_key: env.STRIPE_GATEWAY_API_KEY,
          publishable_key: env.STRIPE_GATEWAY_PUBLISHABLE_KEY,
          webhook_secret: env.STRIPE_GATEWAY_WEBHOOK_SECRET,
          methods: env.STRIPE_GATEWAY_METHODS?.split(","),
          apple_pay_domain_association: env.STRIPE_GATEWAY_APPLE_PAY_DOMAIN_ASSOCIATION,
          api_url: env.STRIPE_GATEWAY_API_URL,
        },
      },
    ]
  : [];

/** PayPal through this plugin, when asked for. */
const paypal: PaymentProviderEntry[] = env.PAYPAL_GATEWAY_CLIENT_ID
  ? [
      {
        resolve: "./src/providers/paypal",
        id: "main",
        options: {
          client_id: env.PAYPAL_GATEWAY_CLIENT_ID,
          client_secret: env.PAYPAL_GATEWAY_CLIENT_SECRET,
          environment: env.PAYPAL_GATEWAY_ENVIRONMENT,
          webhook_id: env.PAYPAL_GATEWAY_WEBHOOK_ID,
          capture: env.PAYPAL_GATEWAY_CAPTURE,
          methods: env.PAYPAL_GATEWAY_METHODS?.split(","),
          apple_pay_domain_association: env.PAYPAL_GATEWAY_APPLE_PAY_DOMAIN_ASSOCIATION,
          saved_methods: env.PAYPAL_GATEWAY_SAVED_METHODS === "true",
          api_url: env.PAYPAL_GATEWAY_API_URL,
          ...(env.PAYPAL_GATEWAY_ROOT_CERTIFICATE && {
            webhook_certificate_origins: [env.PAYPAL_GATEWAY_API_URL],
            webhook_root_certificates: [env.PAYPAL_GATEWAY_ROOT_CERTIFICATE],
          }),
        },
      },
    ]
  : [];

/** Coins on chain through this plugin, when asked for: the options of each provider as JSON, by the end of its id. */
const coins: PaymentProviderEntry[] = Object.entries(
  JSON.parse(env.BITCOIN_GATEWAYS ?? "{}") as Record<string, Record<string, unknown>>,
).map(([id, options]) => ({ resolve: "./src/providers/bitcoin", id, options }));

/** Medusa's official Stripe provider beside ours, when asked for: any provider takes part. */
const official_stripe: PaymentProviderEntry[] = env.STRIPE_PLUGIN_API_KEY
  ? [
      {
        resolve: "@medusajs/medusa/payment-stripe",
        id: "stripe",
        options: {
          apiKey: env.STRIPE_PLUGIN_API_KEY,
          webhookSecret: env.STRIPE_PLUGIN_WEBHOOK_SECRET,
          asyncPaymentMethodTypes: ["sepa_debit"],
        },
      },
    ]
  : [];

export default defineConfig({
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    http: {
      storeCors: env.STORE_CORS ?? base_url,
      adminCors: env.ADMIN_CORS ?? base_url,
      authCors: env.AUTH_CORS ?? base_url,
      jwtSecret: env.JWT_SECRET ?? (isTest ? "jwt-secret-of-tests" : undefined),
      cookieSecret: env.COOKIE_SECRET ?? (isTest ? "cookie-secret-of-tests" : undefined),
    },
  },
  admin: {
    // Tests speak to the API; the dashboard would have to be built first.
    disable: isTest && env.TENDER_TEST_ADMIN !== "true",
  },
  modules: [
    { resolve: "./src/modules/tender", options: { demo: true } },
    { resolve: "./src/modules/bitcoin-wallet" },
    tenderPayments({
      providers: [sandbox("a"), sandbox("b"), ...stripe, ...paypal, ...coins, ...official_stripe],
      dependencies: ["bitcoin_wallet"],
    }),
  ],
});
