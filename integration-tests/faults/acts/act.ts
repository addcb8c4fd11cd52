import type { Gateway } from "../gateways/gateway";
import type { Lane } from "../schedule/lane";
import type { Rng } from "../schedule/rng";

/** One thing somebody will do, with every choice in it already made. */
export type PlannedAct = Readonly<{
  text: string;
  play(lane: Lane): Promise<void>;
}>;

/** One kind of thing somebody may do. */
export type Act = Readonly<{
  weight: number;
  /** Makes the choices; asks nobody but the dice. */
  plan(rng: Rng, gateway: Gateway): PlannedAct;
}>;
