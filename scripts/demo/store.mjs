/** The demo store itself: its tables, its content, its servers. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { onceInDatabase } from "../lib/database.mjs";
import { filesBelow, fingerprint, versionOf } from "../lib/fingerprint.mjs";
import { SANDBOX_ACCOUNTS } from "./environment.mjs";
import { medusaArgs } from "../lib/medusa-cli.mjs";
import { inRoot, inState, LOGS, shown, writePrivateJson } from "../lib/paths.mjs";
import { run, startServer } from "../lib/processes.mjs";
import { Problem, step } from "../lib/report.mjs";

const READY_TIMEOUT_MS = 120_000;
const BANK = "src/providers/sandbox/bank/main.ts";
const CHAIN = "src/providers/bitcoin/simulated-chain/main.ts";

/** @typedef {import("./environment.mjs").DemoEnvironment} DemoEnvironment */

/**
 * Brings the tables up to date when Medusa's version, our migrations or the configuration changed.
 * @param {string} url
 * @param {DemoEnvironment} env
 */
export async function migrate(url, env) {
  const migrations = filesBelow("src/modules").filter((file) => file.includes("/migrations/"));
  const current = fingerprint(
    [...migrations, "src/links", "medusa-config.ts"],
    [versionOf("@medusajs/medusa")],
  );
  await onceInDatabase(url, {
    name: "migrate",
    current,
    work: () =>
      step("Migrating the database", async () => {
        const args = medusaArgs("db:migrate", "--execute-safe-links");
        await run({ name: "db migrate", command: process.execPath, args, env });
      }),
  });
}

/**
 * Fills the store: region, products, shipping, keys, the admin's account. The seed itself may run any number of
 * times; it is skipped only because it boots Medusa.
 * @param {string} url
 * @param {DemoEnvironment} env
 * @param {import("../lib/secrets.mjs").Secrets} secrets
 * @returns {Promise<{ publishable_key: string }>}
 */
export async function seed(url, env, secrets) {
  const password = createHash("sha256").update(secrets.admin_password).digest("hex");
  const current = fingerprint(["scripts/demo", "medusa-config.ts"], [password]);
  return onceInDatabase(url, {
    name: "seed",
    current,
    work: () =>
      step("Seeding the demo store", async () => {
        const result = inState("seed.json");
        rmSync(result, { force: true });
        const args = medusaArgs("exec", "./scripts/demo/seed.ts");
        await run({
          name: "seed",
          command: process.execPath,
          args,
          env: { ...env, DEMO_SEED_RESULT: result },
        });
        // The command answers 0 even when the script throws; only the result proves it ran.
        if (!existsSync(result)) throw new Problem(`seeding failed; see ${shown(LOGS)}/seed.log`);
        const seeded = JSON.parse(readFileSync(result, "utf8"));
        rmSync(result);
        return seeded;
      }),
  });
}

/**
 * @param {number} port
 * @param {{ a: number, b: number }} accountPorts
 * @param {DemoEnvironment} env
 * @param {string} [ledger] name of its file in the run's folder
 */
export function startBank(port, accountPorts, env, ledger = "bank-ledger.jsonl") {
  if (!existsSync(inRoot(BANK))) throw new Problem(`${BANK} is missing: there is no sandbox bank to start.`);
  const merchants = inState("bank-merchants.json");
  writePrivateJson(
    merchants,
    SANDBOX_ACCOUNTS.map(({ id, variable }) => ({
      provider: `pp_sandbox_${id}`,
      api_key: env[`${variable}_API_KEY`],
      webhook_secret: env[`${variable}_WEBHOOK_SECRET`],
      webhook_url: `${env.TENDER_BASE_URL}/hooks/payment/sandbox_${id}`,
      port: accountPorts[id],
    })),
  );
  const options = { "--port": port, "--merchants": merchants, "--ledger": inState(ledger) };
  return startServer({
    name: "bank",
    args: ["--require", "ts-node/register", BANK, ...Object.entries(options).flat().map(String)],
    env,
    isReady: () => answers(`http://127.0.0.1:${port}/control/ledger`),
    timeout_ms: READY_TIMEOUT_MS,
  });
}

/**
 * The chain outlives the run, as the database does: a store takes no chain that is shorter than what it has seen.
 * @param {number} port
 * @param {DemoEnvironment} env
 */
export function startSimulatedChain(port, env) {
  const options = { "--port": port, "--journal": inState("simulated-chain.jsonl") };
  return startServer({
    name: "simulated-chain",
    args: ["--require", "ts-node/register", CHAIN, ...Object.entries(options).flat().map(String)],
    env,
    isReady: () => answers(`http://127.0.0.1:${port}/demo/state`),
    timeout_ms: READY_TIMEOUT_MS,
  });
}

/** @param {{ host: string, port: number, env: DemoEnvironment, name?: string, cwd?: string }} options */
export function startMedusa({ host, port, env, name = "medusa", cwd }) {
  const reachable = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  return startServer({
    name,
    cwd,
    args: medusaArgs("start", "--host", host, "--port", String(port), "--types", "false"),
    env,
    isReady: () => answers(`http://${reachable}:${port}/health`),
    timeout_ms: READY_TIMEOUT_MS,
  });
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
