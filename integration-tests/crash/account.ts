import { sandbox } from "../faults/gateways/sandbox";
import { lanesOf } from "../faults/lanes";

/** Who plays the bank. */
export const GATEWAY = sandbox;

/** The part of the fault suite's store that the crash test pays in: a region and an account at the bank. */
export const LANE = lanesOf(GATEWAY)[0]!;

/** The account's id: both Tender's provider and Medusa's own route pay through it. */
export const ACCOUNT = LANE.accounts[0];
