/** The fault suite's program: `npm run faults` prepares what it needs and starts it. */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_GATEWAY, readGateway } from "./gateways";
import type { Gateway } from "./gateways/gateway";
import { MAX_LANES } from "./lanes";
import { Reporter } from "./report";
import { runSchedules, type RunOptions } from "./runner";
import { readProfile } from "./schedule/profiles";
import { Tally } from "./schedule/tally";
import { readStorm } from "./storms/read-storm";
import { buildStore } from "./system/build";
import { killAll } from "./system/child";
import { Stage } from "./system/stage";

/** A Postgres of its own for each store. */
type Postgres = Readonly<{ database_url: string; control_url: string }>;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      gateway: { type: "string", default: DEFAULT_GATEWAY },
      schedules: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      lanes: { type: "string", default: String(MAX_LANES) },
      lane: { type: "string", default: "0" },
      kills: { type: "string", default: "0.12" },
      storm: { type: "string" },
      profile: { type: "string" },
      project: { type: "string", default: process.cwd() },
      json: { type: "string" },
    },
  });
  const gateway = readGateway(values.gateway);
  const options: RunOptions = {
    gateway: gateway.name,
    schedules: Number(values.schedules),
    seed: Number(values.seed),
    lanes: Math.min(MAX_LANES, Number(values.lanes)),
    first_lane: Number(values.lane),
    kills: Number(values.kills),
    storm: values.storm === undefined ? undefined : readStorm(values.storm),
    profile: values.profile === undefined ? undefined : readProfile(values.profile, gateway),
  };
  const tally = new Tally();
  const reporter = new Reporter(options, tally);
  try {
    const stages = await setStages(gateway, values.project);
    reporter.begin();
    const failures = await runSchedules(stages, options, tally, (progress) => reporter.progress(progress));
    await Promise.all(stages.map((stage) => stage.stop()));
    return reporter.end(failures, values.json);
  } finally {
    await killAll();
  }
}

async function setStages(gateway: Gateway, project_dir: string): Promise<readonly Stage[]> {
  const build_dir = required("FAULTS_BUILD_DIR");
  const log_dir = required("FAULTS_LOG_DIR");
  mkdirSync(log_dir, { recursive: true });
  buildStore(project_dir, build_dir);
  const postgres: readonly Postgres[] = JSON.parse(required("FAULTS_POSTGRES"));
  return Promise.all(
    postgres.map(({ database_url, control_url }, index) =>
      Stage.set({
        gateway,
        name: String(index + 1),
        build_dir,
        database_url,
        postgres_control_url: control_url,
        log_dir,
      }),
    ),
  );
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
