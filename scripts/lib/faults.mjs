/** `npm run faults`: prepares a PostgreSQL of its own and runs the fault suite on it. */
import { rmSync } from "node:fs";
import { runCommand } from "./command.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { startFaultPostgres } from "./fault-postgres.mjs";
import { MEDUSA_ENV } from "./medusa-cli.mjs";
import { inRoot, inState, LOGS, prepareState } from "./paths.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";
import { newSecret } from "./secrets.mjs";

const HELP = `
Usage: npm run faults -- [--schedules N] [--seed N] [--kills SHARE] [--lanes N] [--storm WORD]

Plays random schedules of shoppers, operators and faults against a real store, and checks after each that no money was
lost or taken twice. See docs/fault-suite.md.

  --schedules N   how many to play (default 200)
  --seed N        of the first one (default 1); each next schedule has the next number
  --kills SHARE   share of batches in which the server is killed with kill -9, from 0 to 1 (default 0.12)
  --lanes N       how many play side by side, from 1 to 6 (default 6)
  --storm WORD    strikes every batch with this storm, as a failing schedule prints it
  --project DIR   runs the src of another folder (a copy of this one with something changed)
  --json FILE     writes the summary there too

The last line is "N schedules, N faults, N violations". The exit code is 1 on any violation.
`;

const OPTIONS = ["schedules", "seed", "kills", "lanes", "storm", "project", "json"];

await runCommand({ help: HELP, run: faults });

/** @param {string[]} args */
async function faults(args) {
  const unknown = args.find((arg, at) => (at % 2 === 0 ? !OPTIONS.includes(arg.replace(/^--/, "")) : false));
  if (unknown) throw new Problem(`there is no option ${unknown}; see npm run faults -- --help`);
  if (args.length % 2 === 1) throw new Problem(`${args.at(-1)} needs a value; see npm run faults -- --help`);
  prepareState();
  await ensureDependencies();
  const postgres = await step("Starting PostgreSQL for the fault suite", () =>
    startFaultPostgres(newSecret()),
  );
  const build_dir = inState("faults", String(process.pid));
  try {
    const succeeded = await run({
      name: "fault suite",
      command: process.execPath,
      args: ["--require", "ts-node/register", inRoot("integration-tests", "faults", "main.ts"), ...args],
      env: {
        ...MEDUSA_ENV,
        FAULTS_DATABASE_URL: postgres.database_url,
        FAULTS_POSTGRES_CONTROL: postgres.control_url,
        FAULTS_BUILD_DIR: build_dir,
        FAULTS_LOG_DIR: LOGS,
      },
      show: true,
      allowFailure: true,
    });
    return succeeded ? 0 : 1;
  } finally {
    rmSync(build_dir, { recursive: true, force: true });
  }
}
