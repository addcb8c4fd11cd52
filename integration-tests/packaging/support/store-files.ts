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

function medusaConfig(imports: string, payment: string): string {
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
  plugins: [{ resolve: "medusa-tender", options: {} }],
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
