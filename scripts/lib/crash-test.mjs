/** `npm run crash-test`: prepares a PostgreSQL of its own and kills a store on it, again and again. */
import { rmSync } from "node:fs";
import { runCommand } from "./command.mjs";
import { createDatabaseIfMissing } from "./database.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { MEDUSA_ENV } from "./medusa-cli.mjs";
import { inRoot, inState, LOGS, prepareState } from "./paths.mjs";
import { startPostgres, urlOf } from "./postgres.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";
import { newSecret } from "./secrets.mjs";

const HELP = `
Usage: npm run crash-test [-- --times 100 --seed 1]

Each time, two payments are approved at the sandbox bank while nobody tells the store: one of Tender's, and one of the
same gateway whose webhooks are left to Medusa's own route. A webhook about each is sent and acknowledged, and within
the next second the server is killed with kill -9. It is started again, and the reconciler runs. Counted is how many of
the payments became an order.

  --times N   how many kills (default 100)
  --seed N    of the moments at which they strike (default 1)

So that nobody has to wait for leases to run out, what the store waits for is moved nearer in its database, by 70
seconds at a time. A store with a database of its own is made for it and stopped afterwards.

The last two lines are "Tender: N orders of N" and "Medusa's own route: N orders of N". The exit code is 1 when Tender
has fewer orders than payments.
`;

const DATABASE = "crash_test";

await runCommand({ help: HELP, run: crashTest });

/** @param {string[]} args */
async function crashTest(args) {
  for (let at = 0; at < args.length; at += 2) {
    const [name = "", value] = args.slice(at, at + 2);
    if (!["--times", "--seed"].includes(name) || !Number.isInteger(Number(value)) || Number(value) < 1)
      throw new Problem(`${name} ${value ?? ""} is not understood; see npm run crash-test -- --help`);
  }
  prepareState();
  await ensureDependencies();
  const postgres = await step("Starting PostgreSQL for the crash test", () =>
    startPostgres({ name: "crash-test", password: newSecret(), durable: true, throwaway: true }),
  );
  await createDatabaseIfMissing(urlOf(postgres, "postgres"), DATABASE);
  const build_dir = inState("crash-test", String(process.pid));
  try {
    const succeeded = await run({
      name: "crash test",
      command: process.execPath,
      args: ["--require", "ts-node/register", inRoot("integration-tests", "crash", "main.ts"), ...args],
      env: {
        ...MEDUSA_ENV,
        CRASH_DATABASE_URL: urlOf(postgres, DATABASE),
        CRASH_BUILD_DIR: build_dir,
        CRASH_LOG_DIR: LOGS,
      },
      show: true,
      allowFailure: true,
    });
    return succeeded ? 0 : 1;
  } finally {
    rmSync(build_dir, { recursive: true, force: true });
  }
}
