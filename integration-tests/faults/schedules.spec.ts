import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const REPOSITORY = path.resolve(__dirname, "../..");
const SCHEDULES = 204;

/** Far longer than it takes on two cores (about eight minutes). */
const WITHIN_MS = 25 * 60_000;

type Summary = {
  schedules: number;
  violations: number;
  faults: Record<string, number>;
  answers: Record<string, number>;
  events: Record<string, number>;
};

describe("schedules of shoppers, operators and faults, from fixed seeds", () => {
  let summary: Summary;
  let output = "";

  beforeAll(async () => {
    const json = path.join(mkdtempSync(path.join(tmpdir(), "tender-faults-")), "summary.json");
    const script = path.join(REPOSITORY, "scripts/faults.mjs");
    const args = [script, "--schedules", String(SCHEDULES), "--seed", "1", "--kills", "0.2", "--json", json];
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd: REPOSITORY, env, stdio: ["ignore", "pipe", "pipe"] });
    const keep = (chunk: Buffer) => (output += chunk.toString("utf8"));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    await new Promise((resolve) => child.on("close", resolve));
    try {
      summary = JSON.parse(readFileSync(json, "utf8"));
    } catch {
      throw new Error(`The fault suite did not come to its end:\n${output.slice(-4_000)}`);
    }
  }, WITHIN_MS);

  it("lose no money and take none twice", () => {
    // What broke, with the command to replay it, stands in the output.
    expect({ violations: summary.violations, output: summary.violations > 0 ? output : "" }).toEqual({
      violations: 0,
      output: "",
    });
    expect(summary.schedules).toBe(SCHEDULES);
  });

  it("are hit by kill -9 in at least twenty of them", () => {
    expect(summary.events["schedules hit by kill"]).toBeGreaterThanOrEqual(20);
  });

  it("pay, refuse, capture and refund often enough to prove something", () => {
    const { events } = summary;
    expect(events.orders).toBeGreaterThan(SCHEDULES / 4);
    expect(events["bank: decline"]).toBeGreaterThan(20);
    expect(events["bank: capture"]).toBeGreaterThan(20);
    expect(events["bank: refund"]).toBeGreaterThan(10);
    expect(Object.keys(summary.faults).length).toBeGreaterThan(12);
  });
});
