/** The demo store: runs the plugin from source. `npm start` and `npm test` set what it reads from the environment. */
import { defineConfig } from "@medusajs/framework/utils";

const env = process.env;
const isTest = env.NODE_ENV === "test";
const base_url = env.TENDER_BASE_URL ?? "http://localhost:9000";

/** One account at the sandbox bank; two of them show a switch of processors. */
function sandbox(id: "a" | "b") {
  const name = `SANDBOX_${id.toUpperCase()}`;
  return {
    resolve: "./src/providers/sandbox",
    id,
    options: {
      bankUrl: env.SANDBOX_BANK_URL ?? "http://localhost:9001",
      apiKey: env[`${name}_API_KEY`] ?? `sandbox-${id}-key`,
      webhookSecret: env[`${name}_WEBHOOK_SECRET`] ?? `sandbox-${id}-webhook-secret`,
      webhookUrl: `${base_url}/hooks/payment/sandbox_${id}`,
    },
  };
}

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
    { resolve: "./src/modules/tender" },
    {
      resolve: "@medusajs/medusa/payment",
      // The adapter writes its journal through the tender module.
      dependencies: ["tender"],
      options: { providers: [sandbox("a"), sandbox("b")] },
    },
  ],
});
