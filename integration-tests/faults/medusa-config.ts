/** The store the fault suite runs: this plugin from source, two accounts at the sandbox bank for each lane. */
import { defineConfig } from "@medusajs/framework/utils";
import { tenderPayments } from "../../src/config";
import { ACCOUNT_IDS, CAPTURE_AT_ONCE, apiKeyOf, webhookSecretOf } from "./lanes";

const env = process.env;

/** Short, so that a lost answer costs a schedule little time. */
const TIMEOUT_MS = 1_500;

/** The demo's region, which the lanes' regions are made beside, names these; nobody pays through them. */
const SEEDED_ACCOUNTS = ["a", "b"];

/** All shoppers come from this machine, which would look like somebody trying stolen cards. */
const NO_LIMITS = {
  customer: false,
  address: false,
  card_testing: false,
  requests_per_minute: {
    read: false,
    start: false,
    confirm: false,
    page: false,
    asset: false,
    demo: false,
    webhook: false,
  },
};

/** Where the bank answers each account, as `{ [account]: url }`. */
const bank_urls: Record<string, string> = JSON.parse(env.FAULTS_BANK_URLS ?? "{}");
const anywhere = "http://localhost";

export default defineConfig({
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    // No scheduled job may run beside a check; the suite calls the reconciler itself.
    workerMode: "server",
    http: {
      storeCors: anywhere,
      adminCors: anywhere,
      authCors: anywhere,
      jwtSecret: "jwt-secret-of-the-fault-suite",
      cookieSecret: "cookie-secret-of-the-fault-suite",
    },
  },
  admin: { disable: true },
  modules: [
    { resolve: "./src/modules/tender", options: { limits: NO_LIMITS } },
    tenderPayments({
      providers: [...SEEDED_ACCOUNTS, ...ACCOUNT_IDS].map((account) => ({
        resolve: "./src/providers/sandbox",
        id: account,
        options: {
          bank_url: bank_urls[account] ?? "http://127.0.0.1:9",
          api_key: apiKeyOf(account),
          webhook_secret: webhookSecretOf(account),
          capture: CAPTURE_AT_ONCE.has(account) ? "automatic" : "manual",
          timeout_ms: TIMEOUT_MS,
          connect_timeout_ms: TIMEOUT_MS,
        },
      })),
    }),
  ],
});
