import { refuse } from "../errors";
import type { Result } from "./route";

type Kept = Readonly<{ until_ms: number; result: Result | undefined }>;

/** One request under its PayPal-Request-Id. */
export type Ticket = Readonly<{
  /** What the request before it did. */
  repeated?: Result;
  keep(result: Result): void;
  /** Forgets a request that did nothing. */
  release(): void;
}>;

/**
 * Docs: Idempotency. A repeated id is answered with the latest status of the request that had it first, whatever stands
 * in its body. Ids belong to an account and a kind of call.
 */
export class Idempotency {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly now: () => number) {}

  /** @throws PaypalRefusal PREVIOUS_REQUEST_IN_PROGRESS while the first is worked on */
  begin(account_id: string, operation: string, request_id: string, keep_ms: number): Ticket {
    const slot = `${account_id}:${operation}:${request_id}`;
    const before = this.kept.get(slot);
    if (before && this.now() < before.until_ms) {
      if (!before.result) {
        throw refuse("PREVIOUS_REQUEST_IN_PROGRESS");
      }
      return { repeated: before.result, keep: nothing, release: nothing };
    }
    const until_ms = this.now() + keep_ms;
    this.kept.set(slot, { until_ms, result: undefined });
    return {
      keep: (result) => void this.kept.set(slot, { until_ms, result }),
      release: () => void this.kept.delete(slot),
    };
  }
}

function nothing(): void {
  // A repetition is only answered again; it holds nothing.
}
