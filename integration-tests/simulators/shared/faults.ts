import { randomUUID } from "node:crypto";

/** When in a request's life something goes wrong. */
export type Phase = "port" | "before" | "after" | "webhook";

/** What can be made to go wrong in every simulator. */
export const COMMON_FAULTS = {
  /** The port is closed: connections are refused until the fault is removed. */
  refuse: "port",
  /** The request waits before anything happens; its idempotency key is in use meanwhile. */
  latency: "before",
  http_500: "before",
  http_502_html: "before",
  http_503: "before",
  http_429: "before",
  /** Another request works on the same object. */
  http_409: "before",
  reset: "before",
  /** No answer ever comes. */
  black_hole: "before",
  /** From here on the request has been carried out, and its idempotency key remembers the answer. */
  latency_after: "after",
  http_500_after: "after",
  http_502_html_after: "after",
  reset_after: "after",
  black_hole_after: "after",
  malformed: "after",
  webhook_drop: "webhook",
  webhook_delay: "webhook",
  webhook_duplicate: "webhook",
  /** Held back until the next event has been sent. */
  webhook_reorder: "webhook",
} as const satisfies Record<string, Phase>;

export type PhaseTable = Readonly<Record<string, Phase>>;

/** The faults of a table that strike in a phase. */
export type FaultOf<T extends PhaseTable, P extends Phase> = {
  [K in keyof T & string]: T[K] extends P ? K : never;
}[keyof T & string];

export type FaultRequest<T extends PhaseTable, Operation extends string> = Readonly<{
  fault: keyof T & string;
  /** An operation of the tables in `http/routes/`, all of a kind as `refunds.*`, or `*`, which is the default. */
  operation?: Operation | `${string}.*` | "*";
  /** The account that it strikes; all when left out. Not for `refuse`: accounts share a port. */
  account?: string;
  /** Of webhook faults: the event's type; all when left out. */
  event_type?: string;
  /** Milliseconds, for latencies, `webhook_delay` and `webhook_reorder`. */
  value_ms?: number;
  /** How many requests or events it strikes; until it is removed when left out. */
  times?: number;
}>;

export type Fault<T extends PhaseTable, P extends Phase> = Omit<FaultRequest<T, string>, "fault"> &
  Readonly<{ id: string; fault: FaultOf<T, P> }>;

/** A fault in force. */
export type Active<T extends PhaseTable> = FaultRequest<T, string> & Readonly<{ id: string }>;

/** The faults in force. The oldest that fits strikes first. */
export class Faults<T extends PhaseTable> {
  private active: Active<T>[] = [];

  constructor(private readonly phases: T) {}

  add(request: FaultRequest<T, string>): void {
    this.active.push({ ...request, id: randomUUID() });
  }

  list(): readonly Active<T>[] {
    return this.active;
  }

  clear(): void {
    this.active = [];
  }

  refuses(): boolean {
    return this.active.some(({ fault }) => this.phases[fault] === "port");
  }

  /** The fault that strikes in this phase, counted as used. @param subject an operation, or an event's type */
  take<P extends "before" | "after" | "webhook">(
    phase: P,
    subject: string,
    account_id: string,
  ): Fault<T, P> | undefined {
    const phases: PhaseTable = this.phases;
    const found = this.active.find(
      (fault): fault is Active<T> & Fault<T, P> =>
        phases[fault.fault] === phase &&
        (fault.account ?? account_id) === account_id &&
        (phase === "webhook"
          ? (fault.event_type ?? subject) === subject
          : concerns(fault.operation, subject)),
    );
    if (found?.times !== undefined) {
      const left = { ...found, times: found.times - 1 };
      this.active = this.active.flatMap((fault) =>
        fault.id !== found.id ? [fault] : left.times > 0 ? [left] : [],
      );
    }
    return found;
  }
}

function concerns(wanted: string | undefined, operation: string): boolean {
  return (
    wanted === undefined ||
    wanted === "*" ||
    wanted === operation ||
    (wanted.endsWith(".*") && operation.startsWith(wanted.slice(0, -1)))
  );
}
