import type { Rng } from "../schedule/rng";

/** One of the lane's two accounts. */
export type Side = 0 | 1;

export const sideOf = (rng: Rng): Side => (rng.chance(0.6) ? 0 : 1);
