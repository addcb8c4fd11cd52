import { LANES } from "../faults/lanes";

/** The part of the fault suite's store that the crash test pays in: a region and an account at the bank. */
export const LANE = LANES[0]!;

/** The account's id: both Tender's provider and Medusa's own route pay through it. */
export const ACCOUNT = LANE.providers[0].replace("pp_sandbox_", "");
