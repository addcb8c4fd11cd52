import type { COMMON_FAULTS, Fault, FaultOf } from "./faults";

type WebhookFaults = Pick<typeof COMMON_FAULTS, FaultOf<typeof COMMON_FAULTS, "webhook">>;

export type Delivery = Readonly<{
  event_id: string;
  type: string;
  url: string;
  /** The HTTP status of each try, null where no answer came. */
  statuses: readonly (number | null)[];
  state: "delivered" | "given_up" | "dropped";
}>;

/** An event on its way to one endpoint. */
export type Parcel = Readonly<{
  event_id: string;
  type: string;
  url: string;
  /** One try. @returns the status that was answered, null where none came */
  post: () => Promise<number | null>;
}>;

/** Pauses before each further try; a real sender's go on for days, a test's may not. */
const RETRY_AFTER_MS = [250, 500, 1000] as const;
const TIMEOUT_MS = 10_000;
const DEFAULT_DELAY_MS = 2000;
const DEFAULT_REORDER_MS = 2000;

/** Delivers events, again when it fails, and as faults spoil it. */
export class Deliveries {
  readonly deliveries: Delivery[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly in_flight = new Set<Promise<void>>();
  /** Held back until the next event has been sent. */
  private held: (() => void) | undefined;
  private stopped = false;

  /** How many events are being sent or wait to be. */
  get waiting(): number {
    return this.in_flight.size + this.timers.size;
  }

  /** Resolves when nothing is being sent and nothing waits to be. */
  async settled(): Promise<void> {
    while (this.waiting > 0) {
      await Promise.all(this.in_flight);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  stop(): void {
    this.stopped = true;
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
  }

  dispatch(parcel: Parcel, fault: Fault<WebhookFaults, "webhook"> | undefined): void {
    const send = (): void => this.track(this.deliver(parcel));
    switch (fault?.fault) {
      case "webhook_drop":
        this.note(parcel, [], "dropped");
        return;
      case "webhook_delay":
        this.later(fault.value_ms ?? DEFAULT_DELAY_MS, send);
        return;
      case "webhook_reorder": {
        this.held?.();
        const once = onlyOnce(send);
        this.held = once;
        this.later(fault.value_ms ?? DEFAULT_REORDER_MS, once);
        return;
      }
      case "webhook_duplicate":
        send();
        break;
      case undefined:
        break;
    }
    const release = this.held;
    this.held = undefined;
    this.track(this.deliver(parcel).then(() => release?.()));
  }

  private async deliver(parcel: Parcel, before: readonly (number | null)[] = []): Promise<void> {
    const status = await parcel.post();
    const statuses = [...before, status];
    if (status !== null && status >= 200 && status < 300) {
      this.note(parcel, statuses, "delivered");
      return;
    }
    const pause_ms = RETRY_AFTER_MS[before.length];
    if (pause_ms === undefined || this.stopped) {
      this.note(parcel, statuses, "given_up");
      return;
    }
    this.later(pause_ms, () => this.track(this.deliver(parcel, statuses)));
  }

  private note(
    { event_id, type, url }: Parcel,
    statuses: readonly (number | null)[],
    state: Delivery["state"],
  ): void {
    this.deliveries.push({ event_id, type, url, statuses, state });
  }

  private track(work: Promise<void>): void {
    this.in_flight.add(work);
    void work.finally(() => this.in_flight.delete(work));
  }

  private later(wait_ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, wait_ms);
    this.timers.add(timer);
  }
}

/** One try of a webhook. @returns the status, or null when the endpoint cannot be reached or is too slow */
export async function postEvent(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, connection: "close" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Whoever asked decides about another try.
    return null;
  }
}

function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      run();
    }
  };
}
