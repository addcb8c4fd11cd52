/** `npm run bench`: starts a store to measure, runs the programs of bench/ one after the other, stops it again. */
import { readdirSync, rmSync } from "node:fs";
import { demoEnvironment } from "../demo/environment.mjs";
import { migrate, seed, startBank, startMedusa } from "../demo/store.mjs";
import { bareProject, measuredProject } from "./bench-projects.mjs";
import { ensureCheckout } from "./builds.mjs";
import { runCommand } from "./command.mjs";
import { createDatabaseIfMissing, withDatabase } from "./database.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { inRoot, inState, prepareState } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { startPostgres, urlOf } from "./postgres.mjs";
import { run } from "./processes.mjs";
import { Problem, say, step } from "./report.mjs";
import { newSecret, newSecrets } from "./secrets.mjs";

const HELP = `
Usage: npm run bench [-- <pattern>]

Runs bench/*.bench.ts, or those whose name holds the pattern, one after the other, and prints what they measure:
memory beside a bare Medusa; paying a cart, listing options and taking webhooks beside Medusa's own routes; Stripe beside
Medusa's own plugin for it; the reconciler over a long history; following a chain with few and many open invoices; and
the pure decisions.
A store with a database of its own (durable, as in a shop) is started for it and stopped afterwards.
`;

/** Has a server of its own, since Medusa's own Stripe plugin is in it. */
const STRIPE = "stripe.bench.ts";
/** Weighs both servers before anything else was asked of either. */
const FIRST = "memory.bench.ts";

const DATABASE = "bench";
/** The same store before it was used, for the reconciler alone. */
const RECONCILE_DATABASE = "bench_reconcile";
const HOST = "127.0.0.1";

await runCommand({ help: HELP, run: bench });

/** @param {string[]} args */
async function bench([pattern = ""]) {
  prepareState();
  const folder = inRoot("bench");
  const programs = readdirSync(folder)
    .filter((file) => file.endsWith(".bench.ts") && file.includes(pattern))
    .sort((a, b) => Number(b === FIRST) - Number(a === FIRST) || a.localeCompare(b));
  if (programs.length === 0)
    throw new Problem(`bench/ has no program *.bench.ts with "${pattern}" in its name.`);
  await ensureDependencies();
  await ensureCheckout();
  const env = await startMeasuredStore();
  for (const program of programs) {
    say(`bench/${program}`);
    await run({
      name: program,
      command: process.execPath,
      args: ["--require", "ts-node/register", inRoot("bench", program)],
      env: program === STRIPE ? await startStoreWithStripe(env) : env,
      show: true,
    });
  }
  return 0;
}

/** @param {Awaited<ReturnType<typeof startMeasuredStore>>} measured */
async function startStoreWithStripe(measured) {
  const [port, stripePort] = [await freePort(), await freePort()];
  const env = {
    ...measured,
    BENCH_BASE_URL: `http://${HOST}:${port}`,
    STRIPE_GATEWAY_API_URL: `http://${HOST}:${stripePort}`,
    STRIPE_GATEWAY_API_KEY: "sk_test_bench_tender",
    STRIPE_GATEWAY_WEBHOOK_SECRET: "whsec_bench_tender",
    BENCH_OFFICIAL_API_KEY: "sk_test_bench_official",
    BENCH_OFFICIAL_WEBHOOK_SECRET: "whsec_bench_official",
  };
  await step("Starting Medusa with both Stripe plugins", () =>
    startMedusa({ host: HOST, port, env, name: "medusa-stripe", cwd: measuredProject() }),
  );
  return env;
}

/** Two servers on one database: one with Tender, one without, which is only there to be weighed. */
async function startMeasuredStore() {
  const password = newSecret();
  const postgres = await step("Starting PostgreSQL for measuring", () =>
    startPostgres({ name: "bench", password, durable: true, throwaway: true }),
  );
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), DATABASE);
  const databaseUrl = urlOf(postgres, DATABASE);
  const [port, barePort, bankPort] = [await freePort(), await freePort(), await freePort()];
  const accountPorts = { a: await freePort(), b: await freePort() };
  const secrets = { ...newSecrets(), database_password: password };
  const env = {
    ...demoEnvironment({ host: HOST, port, bankPort, accountPorts, databaseUrl, secrets }),
    TENDER_TEST_ADMIN: "false",
    NODE_ENV: "test",
    LOG_LEVEL: "error",
  };
  await migrate(databaseUrl, env);
  const { publishable_key } = await seed(databaseUrl, env, secrets);
  await withDatabase(urlOf(postgres, "postgres"), (client) =>
    client.query(`create database ${RECONCILE_DATABASE} template ${DATABASE}`),
  );
  rmSync(inState("bank-ledger.bench.jsonl"), { force: true });
  await step("Starting the sandbox bank", () =>
    startBank(bankPort, accountPorts, env, "bank-ledger.bench.jsonl"),
  );
  const bare = await step("Starting a bare Medusa", () =>
    startMedusa({ host: HOST, port: barePort, env, name: "medusa-bare", cwd: bareProject() }),
  );
  const medusa = await step("Starting Medusa with Tender", () =>
    startMedusa({ host: HOST, port, env, cwd: measuredProject() }),
  );
  return {
    ...env,
    BENCH_BASE_URL: `http://${HOST}:${port}`,
    BENCH_BARE_URL: `http://${HOST}:${barePort}`,
    BENCH_BANK_URL: `http://${HOST}:${bankPort}`,
    BENCH_PUBLISHABLE_KEY: publishable_key,
    BENCH_DATABASE_URL: databaseUrl,
    BENCH_RECONCILE_DATABASE_URL: urlOf(postgres, RECONCILE_DATABASE),
    BENCH_TENDER_PID: String(medusa.pid),
    BENCH_BARE_PID: String(bare.pid),
  };
}
