import { randomUUID } from "node:crypto";
import type { OperationName } from "./routes";

/** What can be made to go wrong, and when in a request's life it does. */
export const FAULT_PHASES = {
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
  /** The key remembers the 500, as Stripe's does. */
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
} as const;

export type FaultKind = keyof typeof FAULT_PHASES;
type Phase = (typeof FAULT_PHASES)[FaultKind];
export type FaultOf<P extends Phase> = {
  [K in FaultKind]: (typeof FAULT_PHASES)[K] extends P ? K : never;
}[FaultKind];

export type FaultRequest = Readonly<{
  fault: FaultKind;
  /** An operation such as `payment_intents.capture`, all of a kind as `refunds.*`, or `*`, which is the default. */
  operation?: OperationName | `${string}.*` | "*";
  /** Id or secret key of the account that it strikes; all when left out. Not for `refuse`: accounts share a port. */
  account?: string;
  /** Of webhook faults: the event's type; all when left out. */
  event_type?: string;
  /** Milliseconds, for latencies, `webhook_delay` and `webhook_reorder`. */
  value_ms?: number;
  /** How many requests or events it strikes; until it is removed when left out. */
  times?: number;
}>;

export type Fault<P extends Phase = Phase> = Omit<FaultRequest, "fault"> &
  Readonly<{ id: string; fault: FaultOf<P> }>;

/** The faults in force. The oldest that fits strikes first. */
export class Faults {
  private active: Fault[] = [];

  add(request: FaultRequest): Fault {
    const fault = { ...request, id: randomUUID() };
    this.active.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.active;
  }

  clear(): void {
    this.active = [];
  }

  refuses(): boolean {
    return this.active.some(({ fault }) => fault === "refuse");
  }

  /** The fault that strikes in this phase, counted as used. @param subject an operation, or an event's type */
  take<P extends "before" | "after" | "webhook">(
    phase: P,
    subject: string,
    account_id: string,
  ): Fault<P> | undefined {
    const found = this.active.find(
      (fault): fault is Fault<P> =>
        FAULT_PHASES[fault.fault] === phase &&
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
