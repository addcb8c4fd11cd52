/** The files an operator has or writes, as the README tells. */

const SANDBOX = (id: string) => `{
          resolve: "medusa-tender/providers/sandbox",
          id: "${id}",
          options: {
            bank_url: process.env.SANDBOX_${id.toUpperCase()}_URL,
            api_key: process.env.SANDBOX_${id.toUpperCase()}_API_KEY,
            webhook_secret: process.env.SANDBOX_${id.toUpperCase()}_WEBHOOK_SECRET,
          },
        }`;

const STRIPE_KEYS = "const { STRIPE_API_KEY: apiKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = process.env;";

/** Two accounts at the sandbox bank, declared through `tenderPayments()`. */
export const MEDUSA_CONFIG = medusaConfig(
  'import { tenderPayments } from "medusa-tender/config";',
  `tenderPayments({
      providers: [
        ${SANDBOX("a")},
        ${SANDBOX("b")},
      ],
    }),`,
);

/** The same, declared the way of other plugins' providers. */
export const MEDUSA_CONFIG_BY_HAND = medusaConfig(
  "",
  `{
      resolve: "@medusajs/medusa/payment",
      options: {
        providers: [
        ${SANDBOX("a")},
        ],
      },
    },`,
);

/** What docs/from-payment-stripe.md has before and after, word for word. */
export const OFFICIAL_STRIPE =
  '{ resolve: "@medusajs/medusa/payment-stripe", id: "stripe", options: { apiKey, webhookSecret, capture: true } },';
export const TENDER_STRIPE =
  '{ resolve: "medusa-tender/providers/stripe", id: "stripe", options: { apiKey, webhookSecret, capture: true } },';

/** A store with the official plugin alone. It has no option for its service's address: a file of the store's gives it one. */
export const MEDUSA_CONFIG_OFFICIAL = medusaConfig(
  STRIPE_KEYS,
  `{ resolve: "@medusajs/medusa/payment", options: { providers: [
      ${OFFICIAL_STRIPE.replace("@medusajs/medusa/payment-stripe", "./src/official-stripe").replace("capture: true", "capture: false")}
    ] } },`,
  "",
);

export const OFFICIAL_STRIPE_AT_SIMULATOR = `const { createRequire } = require("node:module");
const { ModuleProvider, Modules } = require("@medusajs/framework/utils");
const plugin = createRequire(require.resolve("@medusajs/payment-stripe"));
const { default: Official } = plugin("./services/stripe-provider");
const { Stripe } = plugin("stripe");

class AtSimulator extends Official {
  constructor(cradle, options) {
    super(cradle, options);
    const { hostname, port } = new URL(process.env.STRIPE_URL);
    this.stripe_ = new Stripe(options.apiKey, { host: hostname, port, protocol: "http" });
  }
}
module.exports = ModuleProvider(Modules.PAYMENT, { services: [AtSimulator] });
`;

/** The same store after the change. */
export const MEDUSA_CONFIG_CHANGED = medusaConfig(
  `import { tenderPayments } from "medusa-tender/config";
${STRIPE_KEYS}`,
  `tenderPayments({ providers: [
      ${TENDER_STRIPE.replace("capture: true", "capture: false, api_url: process.env.STRIPE_URL")}
    ] }),`,
);

function medusaConfig(
  imports: string,
  payment: string,
  plugins = 'plugins: [{ resolve: "medusa-tender", options: {} }],',
): string {
  return `import { defineConfig, loadEnv } from "@medusajs/framework/utils";
${imports}

loadEnv(process.env.NODE_ENV || "development", process.cwd());

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: process.env.STORE_CORS!,
      adminCors: process.env.ADMIN_CORS!,
      authCors: process.env.AUTH_CORS!,
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
    },
  },
  // Building the dashboard is Medusa's part, and takes a minute.
  admin: { disable: true },
  ${plugins}
  modules: [
    ${payment}
  ],
});
`;
}

/** As Medusa's own project template has it. */
export const TSCONFIG = {
  compilerOptions: {
    target: "ES2021",
    esModuleInterop: true,
    module: "NodeNext",
    moduleResolution: "NodeNext",
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    strict: true,
    jsx: "react-jsx",
    noEmit: true,
    forceConsistentCasingInFileNames: true,
  },
  "ts-node": { swc: true },
  include: ["medusa-config.ts", "consumer.ts"],
};

/** Uses a type of each entry point in a way that fails when the type is not found. */
export const CONSUMER = `import { createTenderClient, type GatewayForm, type PaymentOptionsResult, type TenderClient } from "medusa-tender/checkout";
import { tenderPayments, type PaymentProviderEntry } from "medusa-tender/config";
import { GatewayPaymentProvider, type PaymentGateway } from "medusa-tender/gateway";
import tender, { TENDER_MODULE } from "medusa-tender/modules/tender";
import sandbox, { SandboxPaymentProvider } from "medusa-tender/providers/sandbox";
import { stripeForm } from "medusa-tender/providers/stripe/checkout";
import { describeGatewayConformance, type ConformanceHarness } from "medusa-tender/testing";
import { startAttempt, type StartAttemptInput } from "medusa-tender/workflows";

const entry: PaymentProviderEntry = { resolve: "medusa-tender/providers/sandbox", id: "a" };
export const declared: string = tenderPayments({ providers: [entry] }).resolve;
// @ts-expect-error an entry names what to resolve
export const wrong: PaymentProviderEntry = { id: "a" };

export abstract class OwnProvider extends GatewayPaymentProvider {
  static override identifier = "own";
  protected abstract createGateway(options: Record<string, unknown>): PaymentGateway;
}
export const ids: string[] = [SandboxPaymentProvider.identifier, TENDER_MODULE];
export type OptionId = PaymentOptionsResult["payment_options"][number]["id"] & StartAttemptInput["option_id"];
// @ts-expect-error an option's id is a text
export const number_id: OptionId = 1;
export type Claims = ConformanceHarness["claims"]["methods"];
export const client: (...config: Parameters<typeof createTenderClient>) => TenderClient = createTenderClient;
export const forms: readonly GatewayForm[] = [stripeForm];
export const parts = [tender, sandbox, describeGatewayConformance, startAttempt];
`;
