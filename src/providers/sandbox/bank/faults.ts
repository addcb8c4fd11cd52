import { randomUUID } from "node:crypto";
import { z } from "@medusajs/framework/zod";

/** What can be made to go wrong, and when in a request's life it does. */
export const FAULT_PHASES = {
  /** The answer comes late; the ledger changes all the same. */
  latency: "delay",
  /** The merchant's port is closed. */
  refuse: "port",
  /** Nothing reached the ledger. */
  http_500: "before",
  http_503: "before",
  http_429: "before",
  reset_before: "before",
  /** Nothing reached the ledger, and no answer ever comes. */
  black_hole: "before",
  /** The ledger has changed; the answer is lost or cannot be read. */
  reset_after: "after",
  malformed: "after",
  mistyped: "after",
  /** The issuer reserves half the amount only. */
  short_authorization: "amount",
  webhook_duplicate: "webhook",
  webhook_delay: "webhook",
  webhook_reorder: "webhook",
  webhook_drop: "webhook",
} as const;

export type FaultKind = keyof typeof FAULT_PHASES;
export type FaultPhase = (typeof FAULT_PHASES)[FaultKind];
/** The faults of one phase. */
export type KindOf<P extends FaultPhase> = {
  [K in FaultKind]: (typeof FAULT_PHASES)[K] extends P ? K : never;
}[FaultKind];

/** What a merchant's request does. `authorize` is the confirm call; `other` matches `*` only. */
export type Operation = "create" | "authorize" | "capture" | "refund" | "cancel" | "retrieve" | "other";

const KINDS = Object.keys(FAULT_PHASES) as [FaultKind, ...FaultKind[]];

export const FaultRequestSchema = z.object({
  /** All providers when left out. */
  provider: z.string().min(1).optional(),
  operation: z.enum(["create", "authorize", "capture", "refund", "cancel", "retrieve", "*"]).default("*"),
  fault: z.enum(KINDS),
  /** Milliseconds of delay, for `latency`, `webhook_delay` and `webhook_reorder`. */
  value_ms: z.number().int().min(0).max(600_000).optional(),
  /** How many requests (or events) it strikes; until it is removed when left out. */
  times: z.number().int().min(1).max(1_000_000).optional(),
});
export type FaultRequest = Readonly<z.infer<typeof FaultRequestSchema>>;
export type Fault = FaultRequest & Readonly<{ id: string }>;

/** The faults in force. The oldest that fits strikes first. */
export class Faults {
  private active: Fault[] = [];

  add(request: FaultRequest): Fault {
    const fault = { id: randomUUID(), ...request };
    this.active.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.active;
  }

  clear(): void {
    this.active = [];
  }

  /** True while the provider's port is to stay closed: a refused connection has no operation and no count. */
  refuses(provider: string): boolean {
    return this.active.some((fault) => fault.fault === "refuse" && concerns(fault, provider));
  }

  /** The fault that strikes this request in this phase, counted as used. */
  take<P extends Exclude<FaultPhase, "port">>(
    phase: P,
    provider: string,
    operation: Operation,
  ): (Fault & Readonly<{ fault: KindOf<P> }>) | undefined {
    const found = this.active.find(
      (fault): fault is Fault & { fault: KindOf<P> } =>
        FAULT_PHASES[fault.fault] === phase &&
        concerns(fault, provider) &&
        (phase === "webhook" || fault.operation === "*" || fault.operation === operation),
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

function concerns(fault: Fault, provider: string): boolean {
  return fault.provider === undefined || fault.provider === provider;
}
