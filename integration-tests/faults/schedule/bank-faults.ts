import type { Side } from "../acts/sides";
import type { BankOperation, Gateway } from "../gateways/gateway";
import type { Rng } from "./rng";

/** Something that goes wrong at the bank, in the suite's words. */
export type BankFault = Readonly<{
  /** A kind of the gateway's. */
  fault: string;
  operation: BankOperation;
  /** How many requests or events it strikes; until it is removed when left out. */
  times?: number;
  /** Milliseconds, for kinds that delay. */
  value_ms?: number;
}>;

/** A fault to inject, at one of the schedule's two accounts. */
export type PlannedFault = Readonly<{ side: Side; fault: BankFault }>;

const OPERATIONS = [
  "create",
  "authorize",
  "authorize",
  "capture",
  "refund",
  "cancel",
  "retrieve",
  "*",
] as const;

/** How late each kind that has a delay may be. Long enough for a client to give up, short enough to run thousands. */
const DELAYS_MS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  latency: [20, 2_500],
  latency_after: [20, 2_500],
  webhook_delay: [50, 3_000],
  webhook_reorder: [200, 2_000],
};

/** Any fault of the bank's, on any operation of one of the schedule's accounts. */
export function planFault(rng: Rng, { faults }: Gateway): PlannedFault {
  const kind = rng.pick(Object.keys(faults.phases));
  const side: Side = rng.chance(0.65) ? 0 : 1;
  const phase = faults.phases[kind];
  const delay = DELAYS_MS[kind];
  const operation =
    phase === "amount" ? ("authorize" as const) : phase === "port" ? ("*" as const) : rng.pick(OPERATIONS);
  const times = phase === "port" ? {} : { times: rng.between(1, 3) };
  return {
    side,
    fault: { fault: kind, operation, ...times, ...(delay && { value_ms: rng.between(...delay) }) },
  };
}
