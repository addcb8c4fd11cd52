/** What medusa-config.ts, the seed and the sandbox bank read from the environment. */
import { MEDUSA_ENV } from "../lib/medusa-cli.mjs";

/** The store's accounts at the sandbox bank: two, so that a switch of processors shows. */
export const SANDBOX_ACCOUNTS = /** @type {const} */ ([
  { id: "a", variable: "SANDBOX_A" },
  { id: "b", variable: "SANDBOX_B" },
]);

/**
 * The account that the demo's shoppers pay to on the simulated chain: of the seed words that BIP39 gives as an example
 * ("abandon" eleven times, then "about"), at m/84'/1'/0'. Everybody knows them; nothing of worth may ever be sent there.
 */
const DEMO_ACCOUNT =
  "wpkh([73c5da0a/84'/1'/0']tpubDC8msFGeGuwnKG9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm397zwQSQoQgewGiYZqrA9DsP4zbQ1M/0/*)#2ag6nxcd";

/**
 * @param {object} demo
 * @param {string} demo.host
 * @param {number} demo.port
 * @param {number} demo.bankPort of the bank's control API and pages
 * @param {number} [demo.chainPort] of the simulated chain; the store takes no coins without it
 * @param {{ a: number, b: number }} demo.accountPorts each account has an address of its own at the bank
 * @param {string} demo.databaseUrl
 * @param {import("../lib/secrets.mjs").Secrets} demo.secrets
 */
export function demoEnvironment({ host, port, bankPort, chainPort, accountPorts, databaseUrl, secrets }) {
  // Whoever opens the store to other machines says under which name they reach it.
  const base_url =
    process.env.BASE_URL ||
    `http://${["127.0.0.1", "0.0.0.0", "::"].includes(host) ? "localhost" : host}:${port}`;
  return {
    ...MEDUSA_ENV,
    // Neither "production", where the sandbox refuses to run, nor "development", where Medusa would build the
    // dashboard anew in memory. Medusa treats any other word as an ordinary server over http.
    NODE_ENV: "demo",
    DATABASE_URL: databaseUrl,
    TENDER_BASE_URL: base_url,
    STORE_CORS: base_url,
    ADMIN_CORS: base_url,
    AUTH_CORS: base_url,
    JWT_SECRET: secrets.jwt_secret,
    COOKIE_SECRET: secrets.cookie_secret,
    SANDBOX_BANK_URL: `http://localhost:${bankPort}`,
    SANDBOX_A_URL: `http://localhost:${accountPorts.a}`,
    SANDBOX_A_API_KEY: secrets.sandbox_a_api_key,
    SANDBOX_A_WEBHOOK_SECRET: secrets.sandbox_a_webhook_secret,
    SANDBOX_B_URL: `http://localhost:${accountPorts.b}`,
    SANDBOX_B_API_KEY: secrets.sandbox_b_api_key,
    SANDBOX_B_WEBHOOK_SECRET: secrets.sandbox_b_webhook_secret,
    ...(chainPort !== undefined && {
      BITCOIN_GATEWAYS: JSON.stringify({
        demo: {
          chain: "bitcoin-regtest",
          account: DEMO_ACCOUNT,
          esplora_url: `http://localhost:${chainPort}/api`,
          simulated_wallet_url: `http://localhost:${chainPort}/wallet`,
          rates: { fixed: { EUR: "60000", USD: "65000" } },
          label: "Tender demo",
        },
      }),
    }),
    DEMO_ADMIN_EMAIL: "demo@tender.test",
    DEMO_ADMIN_PASSWORD: secrets.admin_password,
  };
}

/** @typedef {ReturnType<typeof demoEnvironment>} DemoEnvironment */
