import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { runSuite } from "./run-suite";
import { removeSafeguard } from "./safeguards/remove";
import { SAFEGUARDS } from "./safeguards/table";

/** As scripts/lib/paths.mjs has it. */
const STATE = path.resolve(__dirname, "../..", process.env.TENDER_STATE || ".tender");

/** Far longer than one takes on two cores (less than a minute). */
const WITHIN_MS = 6 * 60_000;

let project: string;

beforeEach(() => {
  mkdirSync(STATE, { recursive: true });
  project = mkdtempSync(path.join(STATE, "safeguard-removed-"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

/** That nothing breaks while all of them are there is shown by schedules.spec.ts. */
describe("without one of the safeguards, the fault suite fails:", () => {
  it.each(SAFEGUARDS)(
    "$name",
    async (safeguard) => {
      removeSafeguard(safeguard, project);
      const { exit_code, summary, output } = await runSuite({
        project,
        stores: 1,
        kills: 0,
        ...safeguard.play,
      });
      const unnoticed = safeguard.breaks.filter((name) => !summary.broken[name]);
      // What was played and held all the same stands in the output.
      expect({ unnoticed, output: unnoticed.length > 0 ? output.slice(-4_000) : "" }).toEqual({
        unnoticed: [],
        output: "",
      });
      expect(summary.violations).toBeGreaterThan(0);
      expect(exit_code).toBe(1);
    },
    WITHIN_MS,
  );
});
