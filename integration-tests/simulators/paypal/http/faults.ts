import {
  COMMON_FAULTS,
  Faults as FaultsOf,
  type Fault as FaultIn,
  type FaultRequest as FaultRequestOf,
  type Phase,
} from "../../shared/faults";
import type { OperationName } from "./routes";

/** What can be made to go wrong, and when in a request's life it does. */
export const FAULT_PHASES = {
  ...COMMON_FAULTS,
  /** It was carried out and answered with success, in a body whose fields are of the wrong types. */
  mistyped: "after",
} as const satisfies Record<string, Phase>;

export type FaultKind = keyof typeof FAULT_PHASES;
export type FaultRequest = FaultRequestOf<typeof FAULT_PHASES, OperationName>;
export type Fault<P extends Phase> = FaultIn<typeof FAULT_PHASES, P>;

export class Faults extends FaultsOf<typeof FAULT_PHASES> {
  constructor() {
    super(FAULT_PHASES);
  }
}
