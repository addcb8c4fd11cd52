import type { PlannedAct } from "../acts/act";
import { payForGood } from "../acts/earnest";
import { browserActs } from "../acts/in-browser";
import { OPERATOR_ACTS } from "../acts/operator";
import { outsiderActs } from "../acts/outsider";
import { SHOPPER_ACTS } from "../acts/shopper";
import type { Gateway } from "../gateways/gateway";
import { planFault, type PlannedFault } from "./bank-faults";
import type { Profile, Turn } from "./profiles";
import { Rng } from "./rng";

/** One act of a schedule with what goes wrong around it. */
export type Step = Readonly<{
  pause_ms: number;
  /** Whether what went wrong at the bank so far is over before this act. */
  heals: boolean;
  faults: readonly PlannedFault[];
  act: PlannedAct;
}>;

/** Everything one schedule will do. It follows from the seed and the gateway. */
export type Plan = Readonly<{
  seed: number;
  variant: number;
  quantity: number;
  steps: readonly Step[];
  /** For each request of an operator that was left unanswered: whether they come back to it later. */
  comes_back: boolean;
}>;

/** How often each kind of thing happens. */
const SHARES = {
  fault_before_an_act: 0.4,
  second_fault: 0.25,
  heals: 0.3,
  outsider: 0.15,
  means_it: 0.8,
  has_operator: 0.85,
  operator_comes_back: 0.6,
} as const;

/** Makes every choice of a schedule. @param profile what it is to be about; anything when left out */
export function planSchedule(seed: number, gateway: Gateway, profile?: Profile): Plan {
  const rng = new Rng(seed);
  const steps = profile ? profile.flatMap((turn) => turnSteps(rng, gateway, turn)) : anySteps(rng, gateway);
  return {
    seed,
    variant: rng.between(0, 2),
    quantity: rng.between(1, 3),
    steps,
    comes_back: rng.chance(SHARES.operator_comes_back),
  };
}

function anySteps(rng: Rng, gateway: Gateway): readonly Step[] {
  const shopper = Array.from({ length: rng.between(1, 4) }, () => shopperStep(rng, gateway));
  const earnest = rng.chance(SHARES.means_it) ? [earnestStep(rng, gateway)] : [];
  const operator = rng.chance(SHARES.has_operator)
    ? Array.from({ length: rng.between(1, 4) }, () => operatorStep(rng, gateway))
    : [];
  return [...shopper, ...earnest, ...operator];
}

function turnSteps(rng: Rng, gateway: Gateway, { times, acts, faults }: Turn): readonly Step[] {
  return Array.from({ length: rng.between(...times) }, () => ({
    pause_ms: rng.between(0, 60),
    heals: true,
    faults: faults.map((plan) => plan(rng, gateway)),
    act: rng.weighted(acts).plan(rng, gateway),
  }));
}

function shopperStep(rng: Rng, gateway: Gateway): Step {
  const acts = rng.chance(SHARES.outsider)
    ? outsiderActs(gateway)
    : [...SHOPPER_ACTS, ...browserActs(gateway)];
  return step(rng, gateway, rng.weighted(acts).plan(rng, gateway));
}

function earnestStep(rng: Rng, gateway: Gateway): Step {
  return { ...step(rng, gateway, payForGood(rng.chance(0.6) ? 0 : 1)), heals: rng.chance(0.6) };
}

function operatorStep(rng: Rng, gateway: Gateway): Step {
  const acts = rng.chance(SHARES.outsider / 2) ? outsiderActs(gateway) : OPERATOR_ACTS;
  return step(rng, gateway, rng.weighted(acts).plan(rng, gateway));
}

function step(rng: Rng, gateway: Gateway, act: PlannedAct): Step {
  const first = rng.chance(SHARES.fault_before_an_act) ? [planFault(rng, gateway)] : [];
  const second = first.length > 0 && rng.chance(SHARES.second_fault) ? [planFault(rng, gateway)] : [];
  return {
    pause_ms: rng.between(0, 60),
    heals: rng.chance(SHARES.heals),
    faults: [...first, ...second],
    act,
  };
}
