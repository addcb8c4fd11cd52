/**
 * `npm start`: everything the demo store needs, from a fresh clone to a shop that takes payments. Reads top-down;
 * each step is done only when it has not been done yet.
 */
import { ensureAdmin, ensureCheckout } from "../lib/builds.mjs";
import { runCommand } from "../lib/command.mjs";
import { ensureDependencies } from "../lib/dependencies.mjs";
import { onlyOne } from "../lib/only-one.mjs";
import { inState, LOGS, prepareState, shown, writePrivateJson } from "../lib/paths.mjs";
import { freePort, portBeside, portFrom, requireFreePort } from "../lib/ports.mjs";
import { Problem, say, step } from "../lib/report.mjs";
import { readOrMakeSecrets } from "../lib/secrets.mjs";
import { provideDatabase } from "./database.mjs";
import { demoEnvironment } from "./environment.mjs";
import { migrate, seed, startBank, startMedusa, startSimulatedChain } from "./store.mjs";

const HELP = `
Usage: npm start

Starts a demo store with Tender: PostgreSQL, Medusa with its admin, the hosted checkout, a sandbox bank and a
simulated Bitcoin chain.
The first start installs, migrates, seeds and builds (some minutes); later ones take under half a minute.
Stop it with Ctrl-C. Addresses and the admin login are printed and kept in .tender/demo.json.

Environment:
  PORT          port of the store (9000)
  BANK_PORT     port of the sandbox bank (PORT + 1)
  CHAIN_PORT    port of the simulated chain (PORT + 2)
  HOST          address to listen on (127.0.0.1; 0.0.0.0 lets other machines in)
  DATABASE_URL  a PostgreSQL database to use instead of the embedded one
  TENDER_STATE  folder for all that is kept between starts (.tender)

Logs are in .tender/logs. To begin anew, remove the folder .tender (as root also the folder that
.tender/demo.json names as database_folder).
`;

let ready = false;

await runCommand({ help: HELP, run: start, stopsCleanly: () => ready });

async function start() {
  const host = process.env.HOST || "127.0.0.1";
  const port = portFrom("PORT", 9000);
  const bankPort = portFrom("BANK_PORT", portBeside(port, 1));
  const chainPort = portFrom("CHAIN_PORT", portBeside(port, 2));
  requireOthers({ PORT: port }, { variable: "BANK_PORT", port: bankPort, what: "the bank", beside: 1 });
  requireOthers(
    { PORT: port, BANK_PORT: bankPort },
    { variable: "CHAIN_PORT", port: chainPort, what: "the chain", beside: 2 },
  );
  prepareState();
  onlyOne("start");
  await requireFreePort({ port, host, variable: "PORT", what: "the store" });
  await requireFreePort({
    port: bankPort,
    host: "127.0.0.1",
    variable: "BANK_PORT",
    what: "the sandbox bank",
  });
  await requireFreePort({
    port: chainPort,
    host: "127.0.0.1",
    variable: "CHAIN_PORT",
    what: "the simulated chain",
  });
  await ensureDependencies();

  const secrets = readOrMakeSecrets();
  const database = await provideDatabase(secrets.database_password);
  const accountPorts = { a: await freePort(), b: await freePort() };
  const ports = { port, bankPort, chainPort, accountPorts };
  const env = demoEnvironment({ host, ...ports, databaseUrl: database.url, secrets });

  await ensureCheckout();
  await ensureAdmin();
  await migrate(database.url, env);
  const { publishable_key } = await seed(database.url, env, secrets);
  const [bank, chain] = await step("Starting the sandbox bank and the simulated chain", () =>
    Promise.all([startBank(bankPort, accountPorts, env), startSimulatedChain(chainPort, env)]),
  );
  const medusa = await step("Starting Medusa", () => startMedusa({ host, port, env }));

  const demo = {
    base_url: env.TENDER_BASE_URL,
    checkout_url: `${env.TENDER_BASE_URL}/checkout/demo`,
    admin_url: `${env.TENDER_BASE_URL}/app`,
    bank_url: env.SANDBOX_BANK_URL,
    chain_url: `http://localhost:${chainPort}`,
    publishable_key,
    admin_email: env.DEMO_ADMIN_EMAIL,
    admin_password: secrets.admin_password,
    ...(database.folder && { database_folder: database.folder }),
  };
  const file = inState("demo.json");
  writePrivateJson(file, demo);
  ready = true;
  say("ready");
  console.log(`
  Checkout   ${demo.checkout_url}
  Admin      ${demo.admin_url}
             ${demo.admin_email}  ${demo.admin_password}
  Store API  ${demo.base_url}/store   x-publishable-api-key: ${publishable_key}
  Bank       ${demo.bank_url}
  Chain      ${demo.chain_url}   simulated, no real coins

  The same for programs: ${shown(file)}      Logs: ${shown(LOGS)}      Stop: Ctrl-C
`);
  return Promise.race([bank.ended, chain.ended, medusa.ended]);
}

/**
 * Refuses a port that another part has.
 * @param {Record<string, number>} others by their variables
 * @param {{ variable: string, port: number, what: string, beside: number }} wanted
 */
function requireOthers(others, { variable, port, what, beside }) {
  const taken = Object.entries(others).find(([, other]) => other === port);
  if (taken)
    throw new Problem(
      `${taken[0]} and ${variable} are both ${port}. Choose another for ${what}: ${variable}=${portBeside(port, beside)} npm start`,
    );
}
