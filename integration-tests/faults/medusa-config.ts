/** The store the fault suite runs: this plugin from source, with the providers the runner names. */
import { defineConfig } from "@medusajs/framework/utils";
import { tenderPayments, type PaymentProviderEntry } from "../../src/config";

const env = process.env;

/** The demo's region, which the lanes' regions are made beside, names these; nobody pays through them. */
const SEEDED: readonly PaymentProviderEntry[] = ["a", "b"].map((id) => ({
  resolve: "./src/providers/sandbox",
  id,
  options: {
    bank_url: "http://127.0.0.1:9",
    api_key: `api-key-of-${id}`,
    webhook_secret: `webhook-secret-of-${id}`,
  },
}));

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

/** Two accounts at the bank for each lane; none while the tables are made. */
const providers: readonly PaymentProviderEntry[] = JSON.parse(env.FAULTS_PROVIDERS ?? "[]");
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
    tenderPayments({ providers: [...SEEDED, ...providers] }),
  ],
});
