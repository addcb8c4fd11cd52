import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const REPOSITORY = path.resolve(__dirname, "../..");

/** What `--json` writes. */
export type Summary = Readonly<{
  schedules: number;
  violations: number;
  /** Violations by the name of the invariant. */
  broken: Readonly<Record<string, number>>;
  faults: Readonly<Record<string, number>>;
  answers: Readonly<Record<string, number>>;
  events: Readonly<Record<string, number>>;
}>;

export type SuiteRun = Readonly<{ exit_code: number | null; summary: Summary; output: string }>;

/**
 * Runs `npm run faults` as a person would, in a process of its own.
 * @param options as on its command line, by name: `{ schedules: 24 }`
 * @throws Error with the end of its output when it wrote no summary
 */
export async function runSuite(options: Readonly<Record<string, string | number>>): Promise<SuiteRun> {
  const folder = mkdtempSync(path.join(tmpdir(), "tender-faults-"));
  const json = path.join(folder, "summary.json");
  const args = Object.entries({ ...options, json }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  // What jest needs from Node would reach every process of the suite.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [path.join(REPOSITORY, "scripts/faults.mjs"), ...args], {
    cwd: REPOSITORY,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const keep = (chunk: Buffer) => (output += chunk.toString("utf8"));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exit_code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  try {
    return { exit_code, summary: JSON.parse(readFileSync(json, "utf8")) as Summary, output };
  } catch {
    throw new Error(`The fault suite did not come to its end:\n${output.slice(-4_000)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
