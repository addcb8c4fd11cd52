/** `npm run faults`: prepares PostgreSQLs of its own and runs the fault suite on them. */
import { rmSync } from "node:fs";
import os from "node:os";
import { runCommand } from "./command.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { startFaultPostgres } from "./fault-postgres.mjs";
import { MEDUSA_ENV } from "./medusa-cli.mjs";
import { inRoot, inState, LOGS, prepareState } from "./paths.mjs";
import { run } from "./processes.mjs";
import { Problem, step } from "./report.mjs";
import { newSecret } from "./secrets.mjs";

const HELP = `
Usage: npm run faults -- [--gateway NAME] [--schedules N] [--seed N] [--kills SHARE] [--lanes N] [--stores N]

Plays random schedules of shoppers, operators and faults against a real store, and checks after each that no money was
lost or taken twice. See docs/fault-suite.md.

  --gateway NAME  whom the shoppers pay through: sandbox (default), or stripe or paypal, which their simulators play
  --schedules N   how many to play (default 200)
  --seed N        of the first one (default 1); each next schedule has the next number
  --kills SHARE   share of batches in which the server is killed with kill -9, from 0 to 1 (default 0.12)
  --lanes N       how many play side by side on one store, from 1 to 12 (default 12)
  --stores N      how many stores are run, each with a bank and a PostgreSQL of its own (default: one for each
                  processor, 2 at the most)
  --profile NAME  plays schedules about one thing, e.g. lost_moves; see integration-tests/faults/schedule/profiles.ts
  --json FILE     writes the summary there too

To replay, as a failing schedule prints it:
  --lane N        the lane of the first schedule, from 0
  --storm WORD    strikes every batch with this storm, e.g. kill:31:80:0:0

To see whether the suite would notice:
  --project DIR   runs the src of another folder, a copy of this one with something changed

The last line is "N schedules, N faults, N violations". The exit code is 1 on any violation.
`;

/** Least, most and default of each option that is a number. @type {Record<string, [number, number, number]>} */
const NUMBERS = {
  schedules: [1, 1_000_000, 200],
  seed: [0, 2 ** 31, 1],
  kills: [0, 1, 0.12],
  lanes: [1, 12, 12],
  lane: [0, 11, 0],
  stores: [1, 8, Math.min(2, os.cpus().length)],
};
const TEXTS = ["gateway", "storm", "profile", "project", "json"];

await runCommand({ help: HELP, run: faults });

/** @param {string[]} args */
async function faults(args) {
  const { stores, passed } = parse(args);
  prepareState();
  await ensureDependencies();
  const postgres = await step("Starting PostgreSQL for the fault suite", () =>
    Promise.all(
      Array.from({ length: stores }, (_, at) => startFaultPostgres(`faults-${at + 1}`, newSecret())),
    ),
  );
  const build_dir = inState("faults", String(process.pid));
  try {
    const succeeded = await run({
      name: "fault suite",
      command: process.execPath,
      args: ["--require", "ts-node/register", inRoot("integration-tests", "faults", "main.ts"), ...passed],
      env: {
        ...MEDUSA_ENV,
        FAULTS_POSTGRES: JSON.stringify(postgres),
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

/** @param {string[]} args @returns {{ stores: number, passed: string[] }} */
function parse(args) {
  const passed = [];
  let stores = NUMBERS.stores?.[2] ?? 1;
  for (let at = 0; at < args.length; at += 2) {
    const [option = "", value] = [args[at], args[at + 1]];
    const name = option.replace(/^--/, "");
    const range = NUMBERS[name];
    if (!option.startsWith("--") || (!range && !TEXTS.includes(name)))
      throw new Problem(`there is no option ${option}; see npm run faults -- --help`);
    const number = Number(value);
    if (value === undefined || (range && !(number >= range[0] && number <= range[1])))
      throw new Problem(`${option} needs a ${range ? `number from ${range[0]} to ${range[1]}` : "value"}.`);
    if (name === "stores") stores = number;
    else passed.push(option, value);
  }
  return { stores, passed };
}
