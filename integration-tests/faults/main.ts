/** The fault suite's program: started by `npm run faults` and by `npm test`, which prepare what it needs. */
import { parseArgs } from "node:util";
import { MAX_LANES } from "./lanes";
import { Reporter } from "./report";
import { runSchedules, type RunOptions } from "./runner";
import { Tally } from "./schedule/tally";
import { readStorm } from "./storms/read-storm";
import { Stage } from "./system/stage";

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedules: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: String(MAX_LANES) },
      kills: { type: "string", default: "0.12" },
      storm: { type: "string" },
      project: { type: "string" },
      json: { type: "string" },
    },
  });
  const options: RunOptions = {
    schedules: Number(values.schedules),
    seed: Number(values.seed),
    lanes: Math.min(MAX_LANES, Number(values.lanes)),
    kills: Number(values.kills),
    storm: values.storm === undefined ? undefined : readStorm(values.storm),
    postgres_control_url: required("FAULTS_POSTGRES_CONTROL"),
  };
  const tally = new Tally();
  const reporter = new Reporter(options, tally);
  const stage = await Stage.set({
    project_dir: values.project ?? process.cwd(),
    build_dir: required("FAULTS_BUILD_DIR"),
    database_url: required("FAULTS_DATABASE_URL"),
    log_dir: required("FAULTS_LOG_DIR"),
  });
  try {
    reporter.begin();
    const failures = await runSchedules(stage, options, tally, (progress) => reporter.progress(progress));
    return reporter.end(failures, values.json);
  } finally {
    await stage.stop();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must be set; "npm run faults" does that.`);
  }
  return value;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
