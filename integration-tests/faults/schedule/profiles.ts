import type { Act } from "../acts/act";
import { payForGood } from "../acts/earnest";
import { capturePart, refundPart } from "../acts/operator";
import { repeatWebhook } from "../acts/outsider";
import { changeCartWhileConfirming, confirmTwiceAtOnce } from "../acts/shopper";
import type { Gateway } from "../gateways/gateway";
import type { BankFault, PlannedFault } from "./bank-faults";
import { pause } from "./lane";
import type { Rng } from "./rng";

/** A part of a schedule: so many acts out of these, before each all of these faults. */
export type Turn = Readonly<{
  times: readonly [least: number, most: number];
  acts: readonly Act[];
  faults: readonly ((rng: Rng, gateway: Gateway) => PlannedFault)[];
}>;

/** What a schedule does, one turn after the other, where it is to be about one thing; still random within that. */
export type Profile = readonly Turn[];

const PAID: Turn = { times: [1, 1], acts: [{ weight: 1, plan: () => payForGood(0) }], faults: [] };

const CAPTURED: Turn = { times: [1, 2], acts: [{ weight: 1, plan: capturePart }], faults: [] };
const REFUNDED: Turn = { times: [1, 1], acts: [{ weight: 1, plan: refundPart }], faults: [] };

/** Later than the store gives up waiting and is asked again, also where the machine is busy. */
const SLOW_MS = [4_000, 5_000] as const;

/** The clock that is moved while everything comes to rest does not reach calls that are still on their way. */
const CAUGHT_UP: Turn = {
  times: [1, 1],
  acts: [{ weight: 1, plan: () => ({ text: "the bank catches up", play: () => pause(SLOW_MS[1]) }) }],
  faults: [],
};

export const PROFILES = {
  /** Captures and refunds whose answer is lost. */
  lost_moves: [
    PAID,
    { ...CAPTURED, faults: [(rng, { faults }) => strike(rng.pick(faults.lost), "capture")] },
    { ...REFUNDED, faults: [(rng, { faults }) => strike(rng.pick(faults.lost), "refund")] },
  ],
  /** Captures and refunds that the bank makes after the store gave up waiting, and after it was asked again. */
  slow_moves: [
    PAID,
    { ...CAPTURED, faults: [(rng) => strike("latency", "capture", rng.between(...SLOW_MS))] },
    CAUGHT_UP,
    { ...REFUNDED, faults: [(rng) => strike("latency", "refund", rng.between(...SLOW_MS))] },
    CAUGHT_UP,
  ],
  /** The bank authorizes half of what was asked for. */
  short_money: [{ ...PAID, faults: [() => strike("short_authorization", "authorize")] }],
  /** The cart changes while its payment is approved, and nobody hears of the approval. */
  changed_carts: [
    {
      times: [1, 2],
      acts: [{ weight: 1, plan: changeCartWhileConfirming }],
      faults: [
        (rng, { faults }) => strike(rng.pick(faults.lost), "authorize"),
        (rng) => strike("webhook_delay", "*", rng.between(400, 1_500)),
      ],
    },
  ],
  /** The same webhook again and again. */
  repeated_webhooks: [
    { ...PAID, faults: [() => strike("webhook_duplicate", "*")] },
    { times: [1, 2], acts: [{ weight: 1, plan: repeatWebhook }], faults: [] },
  ],
  /** A payment is confirmed again while the bank is still busy with it. */
  confirmed_twice: [
    {
      times: [1, 1],
      acts: [{ weight: 1, plan: confirmTwiceAtOnce }],
      faults: [(rng) => strike("latency", "authorize", rng.between(300, 1_000))],
    },
    PAID,
  ],
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** Kinds of faults without which a profile is about nothing; not every bank knows them. */
const NEEDED: Partial<Readonly<Record<ProfileName, string>>> = { short_money: "short_authorization" };

/** The profile of this name. @throws Error naming those there are with this gateway */
export function readProfile(word: string, { faults }: Gateway): ProfileName {
  const names = (Object.keys(PROFILES) as ProfileName[]).filter((known) => {
    const needed = NEEDED[known];
    return needed === undefined || Object.hasOwn(faults.phases, needed);
  });
  const name = names.find((known) => known === word);
  if (!name) {
    throw new Error(`There is no profile "${word}"; there are ${names.join(", ")}.`);
  }
  return name;
}

/** One request at the first of the schedule's accounts, through which these profiles pay. */
function strike(
  fault: BankFault["fault"],
  operation: BankFault["operation"],
  value_ms?: number,
): PlannedFault {
  return {
    side: 0,
    fault: { fault, operation, times: 1, ...(value_ms !== undefined && { value_ms }) },
  };
}
