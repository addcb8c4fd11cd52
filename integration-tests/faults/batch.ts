import { checkLane, type Violation } from "./invariants";
import type { Books } from "./invariants/books";
import { evidenceOf } from "./invariants/evidence";
import { rest } from "./rest";
import { Lane } from "./schedule/lane";
import { comeBack, play } from "./schedule/play";
import { planSchedule } from "./schedule/plan";
import type { Profile } from "./schedule/profiles";
import { Rng } from "./schedule/rng";
import type { Tally } from "./schedule/tally";
import type { Stage } from "./system/stage";
import type { Storm } from "./storms/storm";
import { unleash } from "./storms/unleash";

/** Schedules that play at the same time on one store. */
export type Batch = Readonly<{
  seeds: readonly number[];
  storm: Storm | undefined;
  /** What the schedules are about; anything when left out. */
  profile?: Profile;
}>;

/** A schedule after which something did not hold. */
export type Failure = Readonly<{
  seed: number;
  lane: number;
  storm: Storm | undefined;
  violations: readonly Violation[];
  timeline: string;
  /** What stands in the books. */
  evidence: string;
}>;

/** Plays a batch, lets everything come to rest, and checks each of its schedules. */
export async function runBatch(
  stage: Stage,
  { seeds, storm, profile }: Batch,
  first_lane: number,
  tally: Tally,
): Promise<readonly Failure[]> {
  const traffic = new StormyTraffic(storm, async (loose) => {
    const struck = lanes.filter(({ finished }) => !finished);
    tally.fault(loose.kind);
    tally.event(`schedules hit by ${loose.kind}`, struck.length);
    struck.forEach(({ timeline }) => timeline.note(`STORM ${loose.kind}`));
    await unleash(stage, loose);
    struck.forEach(({ timeline }) => timeline.note("the storm is over"));
  });
  const lanes = seeds.map((seed, index) => {
    const spec = stage.lanes[(first_lane + index) % stage.lanes.length];
    if (!spec) {
      throw new Error("There are no lanes.");
    }
    return new Lane(spec, seed, stage, tally, traffic);
  });
  const plans = seeds.map((seed) => planSchedule(seed, stage.gateway, profile));
  await Promise.all(
    lanes.map(async (lane, index) => {
      const plan = plans[index]!;
      await lane.fillCart(plan.variant, plan.quantity);
      await play(lane, plan);
    }),
  );
  await traffic.over();
  await stage.bank.clearFaults();
  let rested_at = await rest(stage, lanes, tally);
  const returning = lanes.filter((lane, index) => plans[index]?.comes_back && lane.asks.length > 0);
  if (returning.length > 0) {
    await letTimePass(stage, lanes, seeds, tally);
    await Promise.all(returning.map(comeBack));
    // It may have been theirs to let the storm loose.
    await traffic.over();
    await stage.bank.clearFaults();
    rested_at = await rest(stage, lanes, tally);
  }
  const failures = await Promise.all(
    lanes.map(async (lane): Promise<Failure> => {
      const { violations, excused, books } = await checkLane(lane, rested_at);
      excused.forEach((kind) => tally.event(`differences an open finding names: ${kind}`));
      countBooks(tally, books);
      const { seed, spec, timeline } = lane;
      const evidence = evidenceOf(books);
      return { seed, lane: spec.index, storm, violations, timeline: timeline.text, evidence };
    }),
  );
  await stage.database.retire(lanes.map(({ cart_id }) => cart_id));
  return failures.filter(({ violations }) => violations.length > 0);
}

/** Operators come back at once, or so much later that the bank holds to what it said no more. */
async function letTimePass(
  stage: Stage,
  lanes: readonly Lane[],
  [first = 0]: readonly number[],
  tally: Tally,
): Promise<void> {
  const pause_ms = new Rng(first ^ 0x7137).pick(stage.gateway.operators_return_after_ms);
  if (pause_ms > 0) {
    await stage.advanceClock(pause_ms);
    await rest(stage, lanes, tally);
  }
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
