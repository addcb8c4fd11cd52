/** Counts what happened over a whole run, so that it can be seen that the schedules do something. */
export class Tally {
  readonly faults = new Map<string, number>();
  readonly answers = new Map<string, number>();
  readonly events = new Map<string, number>();

  /** A fault that was injected. */
  fault(kind: string): void {
    add(this.faults, kind);
  }

  /** How a request of some kind was answered. */
  answer(what: string, status: number, code: string): void {
    add(this.answers, `${what} ${status === 0 ? "no answer" : status}${code ? ` ${code}` : ""}`);
  }

  /** Anything else worth counting: orders, captures, schedules that were hit. */
  event(name: string, times = 1): void {
    add(this.events, name, times);
  }

  get fault_count(): number {
    return [...this.faults.values()].reduce((sum, count) => sum + count, 0);
  }
}

function add(to: Map<string, number>, name: string, times = 1): void {
  to.set(name, (to.get(name) ?? 0) + times);
}
