import { writeFileSync } from "node:fs";
import type { Failure } from "./batch";
import { DEFAULT_GATEWAY } from "./gateways";
import type { Progress, RunOptions } from "./runner";
import type { Tally } from "./schedule/tally";
import { stormWord } from "./storms/read-storm";

const LINE_EVERY_MS = 5_000;

/** What the person at the terminal sees of a run, and what a test reads of it. */
export class Reporter {
  private started_at = performance.now();
  private last_line_at = 0;
  private shown = 0;

  constructor(
    private readonly options: RunOptions,
    private readonly tally: Tally,
  ) {}

  begin(): void {
    this.started_at = performance.now();
    const { gateway, schedules, seed, lanes } = this.options;
    console.log(`${schedules} schedules of ${gateway} from seed ${seed}, ${lanes} side by side`);
  }

  /** One line every few seconds, and each failure as soon as it is known. */
  progress({ done, failures }: Progress): void {
    failures.slice(this.shown).forEach((failure) => this.tellFailure(failure));
    this.shown = failures.length;
    const now = performance.now();
    if (now - this.last_line_at < LINE_EVERY_MS && done < this.options.schedules) {
      return;
    }
    this.last_line_at = now;
    const seconds = (now - this.started_at) / 1000;
    const kills = this.tally.events.get("schedules hit by kill") ?? 0;
    console.log(
      `${done}/${this.options.schedules} schedules, ${failures.length} with violations, ${kills} killed, ` +
        `${this.tally.fault_count} faults, ${(done / seconds).toFixed(2)} per second`,
    );
  }

  /** The summary; answers the exit code. */
  end(failures: readonly Failure[], json_file: string | undefined): number {
    const violations = failures.reduce((sum, failure) => sum + failure.violations.length, 0);
    const { schedules } = this.options;
    table("faults injected", this.tally.faults);
    table("requests and their answers", this.tally.answers);
    table("what happened", this.tally.events);
    const broken = countBroken(failures);
    if (violations > 0) {
      table("what did not hold", broken);
    }
    if (json_file) {
      const { faults, answers, events } = this.tally;
      const summary = {
        schedules,
        violations,
        broken: Object.fromEntries(broken),
        faults: Object.fromEntries(faults),
        answers: Object.fromEntries(answers),
        events: Object.fromEntries(events),
        failures,
      };
      writeFileSync(json_file, JSON.stringify(summary, null, 2));
    }
    console.log(`${schedules} schedules, ${this.tally.fault_count} faults, ${violations} violations`);
    return violations > 0 ? 1 : 0;
  }

  private tellFailure({ seed, lane, storm, violations, timeline, evidence }: Failure): void {
    console.log(`\nVIOLATION in the schedule of seed ${seed}`);
    violations.forEach(({ invariant, detail }) => console.log(`  ${invariant}: ${detail}`));
    console.log(timeline.replaceAll(/^/gm, "    "));
    console.log("  what stands in the books:");
    console.log(evidence.replaceAll(/^/gm, "    "));
    const storm_option = storm ? ` --storm ${stormWord(storm)}` : " --kills 0";
    const { gateway, profile } = this.options;
    const gateway_option = gateway === DEFAULT_GATEWAY ? "" : ` --gateway ${gateway}`;
    const profile_option = profile ? ` --profile ${profile}` : "";
    console.log(
      `  replay: npm run faults -- --seed ${seed} --schedules 1 --lane ${lane}${storm_option}${profile_option}${gateway_option}\n`,
    );
  }
}

/** Violations by the name of the invariant. */
function countBroken(failures: readonly Failure[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { invariant } of failures.flatMap(({ violations }) => violations)) {
    counts.set(invariant, (counts.get(invariant) ?? 0) + 1);
  }
  return counts;
}

function table(title: string, counts: ReadonlyMap<string, number>): void {
  console.log(`\n${title}:`);
  for (const [name, count] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(`  ${String(count).padStart(7)}  ${name}`);
  }
}
