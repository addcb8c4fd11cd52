import { runBatch, type Batch, type Failure } from "./batch";
import type { GatewayName } from "./gateways/gateway";
import { PROFILES, type ProfileName } from "./schedule/profiles";
import { Rng } from "./schedule/rng";
import type { Tally } from "./schedule/tally";
import type { Stage } from "./system/stage";
import { stormOf, type Storm } from "./storms/storm";

export type RunOptions = Readonly<{
  gateway: GatewayName;
  schedules: number;
  /** Of the first schedule; each next one has the next number. */
  seed: number;
  /** How many play side by side on one store. */
  lanes: number;
  /** The lane of the first schedule: to replay, in the same country and currency. */
  first_lane: number;
  /** Share of batches that are hit by `kill -9`. */
  kills: number;
  /** Strikes every batch with this one instead: to replay. */
  storm?: Storm;
  /** What the schedules are about; anything when left out. */
  profile?: ProfileName;
}>;

export type Progress = Readonly<{ done: number; failures: readonly Failure[] }>;

/**
 * Runs the schedules, batch by batch, each stage every so manieth one; `onBatch` hears how far they are. Which seeds
 * and storm a batch has does not depend on how many stages there are.
 */
export async function runSchedules(
  stages: readonly Stage[],
  options: RunOptions,
  tally: Tally,
  onBatch: (progress: Progress) => void,
): Promise<readonly Failure[]> {
  const batches = batchesOf(options);
  const failures: Failure[] = [];
  let done = 0;
  const playAll = async (stage: Stage, first: number): Promise<void> => {
    for (let at = first; at < batches.length; at += stages.length) {
      const [batch, next] = [batches[at], batches[at + stages.length]];
      if (batch?.storm?.kind === "kill" || next?.storm?.kind === "kill") {
        stage.prepareStandby();
      }
      if (batch) {
        failures.push(...(await runBatch(stage, batch, options.first_lane, tally)));
        done += batch.seeds.length;
        onBatch({ done, failures });
      }
    }
  };
  await Promise.all(stages.map(playAll));
  return failures;
}

/** The storm's choices follow from the seed of the batch's first schedule. */
function batchesOf({ schedules, seed, lanes, kills, storm, profile }: RunOptions): readonly Batch[] {
  return Array.from({ length: Math.ceil(schedules / lanes) }, (_, batch) => {
    const first = seed + batch * lanes;
    const count = Math.min(lanes, schedules - batch * lanes);
    return {
      seeds: Array.from({ length: count }, (_unused, index) => first + index),
      storm: storm ?? stormOf(new Rng(first ^ 0x5707), batch, lanes, kills),
      profile: profile && PROFILES[profile],
    };
  });
}
