import { LANES } from "./lanes";
import { checkLane, type Violation } from "./invariants";
import type { Books } from "./invariants/books";
import { evidenceOf } from "./invariants/evidence";
import { Lane } from "./schedule/lane";
import { comeBack, play } from "./schedule/play";
import { planSchedule } from "./schedule/plan";
import { Rng } from "./schedule/rng";
import type { Tally } from "./schedule/tally";
import type { Stage } from "./system/stage";
import { rest } from "./rest";
import { stormOf, type Storm } from "./storms/storm";
import { unleash } from "./storms/unleash";

export type RunOptions = Readonly<{
  schedules: number;
  /** Of the first schedule; each next one has the next number. */
  seed: number;
  lanes: number;
  /** Share of batches that are hit by `kill -9`. */
  kills: number;
  /** Strikes every batch with this one instead: to replay. */
  storm?: Storm;
  postgres_control_url: string;
}>;

/** A schedule after which something did not hold. */
export type Failure = Readonly<{
  seed: number;
  storm: Storm | undefined;
  violations: readonly Violation[];
  timeline: string;
  /** What stands in the books. */
  evidence: string;
}>;

export type Progress = Readonly<{ done: number; failures: readonly Failure[] }>;

/** Runs the schedules, batch by batch; `onBatch` hears how far it is. */
export async function runSchedules(
  stage: Stage,
  options: RunOptions,
  tally: Tally,
  onBatch: (progress: Progress) => void,
): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  const batches = Math.ceil(options.schedules / options.lanes);
  for (let batch = 0; batch < batches; batch += 1) {
    const first = options.seed + batch * options.lanes;
    const count = Math.min(options.lanes, options.schedules - batch * options.lanes);
    const seeds = Array.from({ length: count }, (_, index) => first + index);
    if (stormBefore(options, batch + 1)?.kind === "kill" || stormBefore(options, batch)?.kind === "kill") {
      stage.prepareStandby();
    }
    failures.push(...(await runBatch(stage, options, seeds, stormBefore(options, batch), tally)));
    onBatch({ done: Math.min(options.schedules, (batch + 1) * options.lanes), failures });
  }
  return failures;
}

/** The storm's choices follow from the seed of the batch's first schedule. */
function stormBefore({ seed, lanes, kills, storm }: RunOptions, batch: number): Storm | undefined {
  return storm ?? stormOf(new Rng((seed + batch * lanes) ^ 0x5707), batch, lanes, kills);
}

async function runBatch(
  stage: Stage,
  options: RunOptions,
  seeds: readonly number[],
  storm: Storm | undefined,
  tally: Tally,
): Promise<readonly Failure[]> {
  const traffic = new StormyTraffic(storm, async (loose) => {
    const struck = lanes.filter(({ finished }) => !finished);
    tally.fault(loose.kind);
    tally.event(`schedules hit by ${loose.kind}`, struck.length);
    struck.forEach(({ timeline }) => timeline.note(`STORM ${loose.kind}`));
    await unleash(stage, loose, options.postgres_control_url);
    lanes.forEach(({ timeline }) => timeline.note(`the storm is over`));
  });
  const lanes = seeds.map((seed, index) => {
    const spec = LANES[index];
    if (!spec) {
      throw new Error(`There is no lane ${index}.`);
    }
    return new Lane(spec, seed, stage, tally, traffic);
  });
  const plans = seeds.map(planSchedule);
  const t0 = performance.now();
  await Promise.all(
    lanes.map(async (lane, index) => {
      const plan = plans[index]!;
      await lane.fillCart(plan.variant, plan.quantity);
      await play(lane, plan);
    }),
  );
  await traffic.over();
  const t1 = performance.now();
  await stage.bank.clearFaults();
  await rest(stage, lanes, tally);
  const returning = lanes.filter((lane, index) => plans[index]?.comes_back && lane.asks.length > 0);
  if (returning.length > 0) {
    await Promise.all(returning.map(comeBack));
    await rest(stage, lanes, tally);
  }
  const t2 = performance.now();
  const failures = await Promise.all(
    lanes.map(async (lane): Promise<Failure> => {
      const { violations, excused, books } = await checkLane(lane);
      excused.forEach((kind) => tally.event(`differences an open finding names: ${kind}`));
      countBooks(tally, books);
      return {
        seed: lane.seed,
        storm,
        violations,
        timeline: lane.timeline.text,
        evidence: evidenceOf(books),
      };
    }),
  );
  console.log(
    "ZZ play",
    (t1 - t0) | 0,
    "rest",
    (t2 - t1) | 0,
    "check",
    (performance.now() - t2) | 0,
    "ends",
    lanes.map((l) => l.timeline.text.trimEnd().split("\n").at(-1)!.slice(0, 8)).join(),
  );
  await stage.database.retire(lanes.map(({ cart_id }) => cart_id));
  return failures.filter(({ violations }) => violations.length > 0);
}

/** Makes visible that the schedules did something. */
function countBooks(tally: Tally, { orders, attempts, operations, findings, bank }: Books): void {
  tally.event("schedules");
  tally.event("orders", orders.length);
  tally.event("attempts", attempts.length);
  tally.event("operations", operations.length);
  findings.forEach(({ kind, status }) => tally.event(`finding ${kind}, ${status}`));
  bank.flatMap((row) => row.operations).forEach(({ kind }) => tally.event(`bank: ${kind}`));
}

/** Lets the storm loose with the request it was planned for. */
class StormyTraffic {
  private requests = 0;
  private raging: Promise<void> = Promise.resolve();

  constructor(
    private readonly storm: Storm | undefined,
    private readonly letLoose: (storm: Storm) => Promise<void>,
  ) {}

  count(): void {
    this.requests += 1;
    const { storm } = this;
    if (storm && this.requests === storm.at_request) {
      this.raging = new Promise((resolve) => setTimeout(resolve, storm.delay_ms)).then(() =>
        this.letLoose(storm),
      );
      this.raging.catch(() => undefined);
    }
  }

  /** Resolves when the storm, if there was one, is over. */
  over(): Promise<void> {
    return this.raging;
  }
}
