import { moveOnce, look, showsAlready } from "../acts/desk";
import { pause, type Lane } from "./lane";
import type { Plan } from "./plan";

/** Plays a schedule to its end: cart, acts, faults. */
export async function play(lane: Lane, plan: Plan): Promise<void> {
  const { stage, spec, timeline, tally } = lane;
  for (const { pause_ms, heals, faults, act } of plan.steps) {
    await pause(pause_ms);
    if (heals) {
      await healBank(lane);
    }
    for (const { side, fault } of faults) {
      await stage.bank.addFault(spec.providers[side], fault);
      tally.fault(fault.fault);
      timeline.note(`FAULT at ${spec.providers[side]}: ${JSON.stringify(fault)}`);
    }
    timeline.note(`${act.text}:`);
    await act.play(lane);
  }
  lane.finished = true;
}

/** Ends every fault at the schedule's two accounts. */
export async function healBank({ stage, spec }: Lane): Promise<void> {
  for (const provider of spec.providers) {
    await stage.bank.clearFaults(provider);
  }
}

/**
 * Days later the operator comes back to what was never answered well, and asks once more unless the dashboard shows
 * that it happened.
 */
export async function comeBack(lane: Lane): Promise<void> {
  for (const ask of lane.asks) {
    const answered = ask.statuses.some((status) => status >= 200 && status < 300);
    if (answered || ask.kind === "cancel_order" || !ask.seen) {
      continue;
    }
    if (await showsAlready(lane, ask.kind, ask.seen, ask.amount_minor)) {
      lane.timeline.note(`days later the dashboard shows the ${ask.kind} of ${ask.amount_minor}`);
      continue;
    }
    const now = await look(lane);
    if (now) {
      await moveOnce(lane, ask);
    }
  }
}
