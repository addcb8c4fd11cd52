import type { Rng } from "../schedule/rng";

/** What strikes all schedules of a batch at the same time. */
export const STORM_KINDS = [
  "kill",
  "postgres_fast",
  "postgres_immediate",
  "connections_held",
  "connections_cut",
  "clock_jump",
] as const;

export type StormKind = (typeof STORM_KINDS)[number];

export type Storm = Readonly<{
  kind: StormKind;
  /** It breaks loose with this request of the batch, so that a busy machine does not shift it. */
  at_request: number;
  /** Milliseconds after that request was sent. */
  delay_ms: number;
  /** How long it lasts, where it is not over at once. */
  lasts_ms: number;
  /** How far a clock jumps. */
  jump_ms: number;
}>;

const MINUTE_MS = 60_000;
const JUMPS_MS = [-2 * 24 * 60, -60, -4, -1, 1, 4, 60, 3 * 24 * 60].map((minutes) => minutes * MINUTE_MS);

/** Requests each schedule makes at the least, more or less. */
const EXPECTED = 8;

/** Decides when a storm strikes a batch. @param lanes how many schedules play side by side */
export function planStorm(rng: Rng, kind: StormKind, lanes: number): Storm {
  return {
    kind,
    at_request: rng.between(2, EXPECTED * lanes),
    delay_ms: rng.between(0, 120),
    lasts_ms: rng.between(300, 1_800),
    jump_ms: rng.pick(JUMPS_MS),
  };
}

/** Share of batches each kind strikes; kills are set by whoever runs the suite. */
export const STORM_SHARES: readonly Readonly<{ kind: StormKind; share: number }>[] = [
  { kind: "postgres_fast", share: 0.02 },
  { kind: "postgres_immediate", share: 0.03 },
  { kind: "connections_held", share: 0.04 },
  { kind: "connections_cut", share: 0.03 },
  { kind: "clock_jump", share: 0.08 },
];

/**
 * The storm of one batch. Kinds are dealt out evenly over the batches, so that a short run has its share of each.
 * @param kills share of batches that are killed
 */
export function stormOf(rng: Rng, batch: number, lanes: number, kills: number): Storm | undefined {
  const shares = [{ kind: "kill" as const, share: kills }, ...STORM_SHARES];
  const due = shares.filter(
    ({ share }) => Math.floor((batch + 1) * share + 0.5) > Math.floor(batch * share + 0.5),
  );
  return due[0] && planStorm(rng, due[0].kind, lanes);
}
