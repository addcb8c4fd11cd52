import { FAULT_PHASES, type FaultKind } from "../../../src/providers/sandbox/bank/faults";
import type { BankFault } from "../system/bank";
import type { Rng } from "./rng";
import type { Side } from "../acts/instruments";

/** A fault to inject, at one of the schedule's two accounts. */
export type PlannedFault = Readonly<{ side: Side; fault: Omit<BankFault, "provider"> }>;

/** Every kind the bank knows: whoever adds one has it tried here. */
const KINDS = Object.keys(FAULT_PHASES) as FaultKind[];

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
const DELAY_MS: Partial<Record<FaultKind, readonly [least: number, most: number]>> = {
  latency: [20, 2_500],
  webhook_delay: [50, 3_000],
  webhook_reorder: [200, 2_000],
};

/** Any fault of the bank's, on any operation of one of the schedule's accounts. */
export function planFault(rng: Rng): PlannedFault {
  const kind = rng.pick(KINDS);
  const side: Side = rng.chance(0.65) ? 0 : 1;
  const phase = FAULT_PHASES[kind];
  const delay = DELAY_MS[kind];
  const operation =
    phase === "amount" ? ("authorize" as const) : phase === "port" ? ("*" as const) : rng.pick(OPERATIONS);
  const times = phase === "port" ? {} : { times: rng.between(1, 3) };
  return {
    side,
    fault: { fault: kind, operation, ...times, ...(delay && { value_ms: rng.between(...delay) }) },
  };
}
