/** `npm run card-testing`: starts a store, attacks it with stolen-looking cards, stops it again. */
import { rmSync } from "node:fs";
import { demoEnvironment } from "../demo/environment.mjs";
import { migrate, seed, startBank, startMedusa } from "../demo/store.mjs";
import { ensureCheckout } from "./builds.mjs";
import { runCommand } from "./command.mjs";
import { createDatabaseIfMissing } from "./database.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { MEDUSA_ENV } from "./medusa-cli.mjs";
import { inRoot, inState, prepareState } from "./paths.mjs";
import { freePort } from "./ports.mjs";
import { startPostgres, urlOf } from "./postgres.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";
import { newSecret, newSecrets } from "./secrets.mjs";

const HELP = `
Usage: npm run card-testing [-- --cards 2000 --seconds 150]

Tries that many stolen-looking cards, each with a cart of its own, over that long, from 1 and then from 50 addresses,
while 20 honest shoppers pay beside it, some after a mistake. The limits are those a store has when it sets none.
Prints how many cards reached the bank; ends with exit code 1 when more than 2 % of those tried after the first minute
did, or when an honest shopper could not pay. A store with a database of its own is started for it and stopped
afterwards. About eight minutes in all.
`;

const DATABASE = "card_testing";
const HOST = "127.0.0.1";
const PROGRAM = inRoot("integration-tests", "abuse", "card-testing.ts");

await runCommand({ help: HELP, run: cardTesting });

/** @param {string[]} args */
async function cardTesting(args) {
  const options = { "--cards": 2_000, "--seconds": 150 };
  for (let at = 0; at < args.length; at += 2) {
    const [name = "", value] = args.slice(at, at + 2);
    if (!(name in options) || !Number.isInteger(Number(value)) || Number(value) < 1)
      throw new Problem(`${name} ${value ?? ""} is not understood; see --help.`);
    Object.assign(options, { [name]: Number(value) });
  }
  prepareState();
  await ensureDependencies();
  await ensureCheckout();
  const env = await startAttackedStore();
  const withstood = await run({
    name: "card testing",
    command: process.execPath,
    args: ["--require", "ts-node/register", PROGRAM],
    env: {
      ...env,
      ATTACK_CARDS: String(options["--cards"]),
      ATTACK_SECONDS: String(options["--seconds"]),
    },
    show: true,
    allowFailure: true,
  });
  return withstood ? 0 : 1;
}

async function startAttackedStore() {
  const password = newSecret();
  const postgres = await step("Starting PostgreSQL", () =>
    startPostgres({ name: "card-testing", password, durable: true, throwaway: true }),
  );
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), DATABASE);
  const databaseUrl = urlOf(postgres, DATABASE);
  const [port, bankPort] = [await freePort(), await freePort()];
  const accountPorts = { a: await freePort(), b: await freePort() };
  const secrets = { ...newSecrets(), database_password: password };
  const env = {
    ...demoEnvironment({ host: HOST, port, bankPort, accountPorts, databaseUrl, secrets }),
    TENDER_TEST_ADMIN: "false",
    NODE_ENV: "test",
    LOG_LEVEL: "warn",
  };
  await migrate(databaseUrl, env);
  const { publishable_key } = await seed(databaseUrl, env, secrets);
  rmSync(inState("bank-ledger.card-testing.jsonl"), { force: true });
  await step("Starting the sandbox bank", () =>
    startBank(bankPort, accountPorts, env, "bank-ledger.card-testing.jsonl"),
  );
  await step("Starting Medusa with Tender", () => startMedusa({ host: HOST, port, env }));
  return {
    ...MEDUSA_ENV,
    ATTACK_BASE_URL: `http://${HOST}:${port}`,
    ATTACK_DATABASE_URL: databaseUrl,
    ATTACK_PUBLISHABLE_KEY: publishable_key,
  };
}
