import { createHmac } from "node:crypto";
import type { Account, SimulatedEvent, WebhookEndpoint } from "./account";
import type { Faults } from "./http/faults";

export type Delivery = Readonly<{
  event_id: string;
  type: string;
  url: string;
  /** The HTTP status of each try, null where no answer came. */
  statuses: readonly (number | null)[];
  state: "delivered" | "given_up" | "dropped";
}>;

/** An event, of whatever type: an endpoint must bear types it does not know. */
export type Sendable = Omit<SimulatedEvent, "type"> & Readonly<{ type: string }>;

/** Pauses before each further try; Stripe's go on for days, a test's may not. */
const RETRY_AFTER_MS = [250, 500, 1000] as const;
const TIMEOUT_MS = 10_000;
const DEFAULT_DELAY_MS = 2000;
const DEFAULT_REORDER_MS = 2000;

/** Sends events to the accounts' endpoints, signed, again when it fails, and as the faults in force spoil it. */
export class Webhooks {
  readonly deliveries: Delivery[] = [];
  private readonly endpoints = new Map<string, readonly WebhookEndpoint[]>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly in_flight = new Set<Promise<void>>();
  /** Held back until the next event has been sent. */
  private held: (() => void) | undefined;
  private stopped = false;

  constructor(private readonly faults: Faults) {}

  /** Where an account's events go from now on. */
  subscribe(account_id: string, endpoints: readonly WebhookEndpoint[]): void {
    this.endpoints.set(account_id, endpoints);
  }

  announce(account: Account, event: SimulatedEvent): void {
    for (const endpoint of this.endpoints.get(account.id) ?? []) {
      if (endpoint.enabled_events?.includes(event.type) ?? true) {
        this.dispatch(account.id, event, endpoint);
      }
    }
  }

  /**
   * Sends an event once, without faults and tries.
   * @param secrets others than the endpoint's make a forgery
   * @returns the status each endpoint answered, null where none came
   */
  sendNow(account_id: string, event: Sendable, secrets?: readonly string[]): Promise<(number | null)[]> {
    const endpoints = this.endpoints.get(account_id) ?? [];
    return Promise.all(endpoints.map((endpoint) => post(event, endpoint, secrets ?? endpoint.secrets)));
  }

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

  private dispatch(account_id: string, event: SimulatedEvent, endpoint: WebhookEndpoint): void {
    const fault = this.faults.take("webhook", event.type, account_id);
    const send = (): void => this.track(this.deliver(event, endpoint));
    switch (fault?.fault) {
      case "webhook_drop":
        this.note(event, endpoint, [], "dropped");
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
    this.track(this.deliver(event, endpoint).then(() => release?.()));
  }

  private async deliver(
    event: SimulatedEvent,
    endpoint: WebhookEndpoint,
    before: readonly (number | null)[] = [],
  ): Promise<void> {
    const status = await post(event, endpoint, endpoint.secrets);
    const statuses = [...before, status];
    if (status !== null && status >= 200 && status < 300) {
      this.note(event, endpoint, statuses, "delivered");
      return;
    }
    const pause_ms = RETRY_AFTER_MS[before.length];
    if (pause_ms === undefined || this.stopped) {
      this.note(event, endpoint, statuses, "given_up");
      return;
    }
    this.later(pause_ms, () => this.track(this.deliver(event, endpoint, statuses)));
  }

  private note(
    event: SimulatedEvent,
    { url }: WebhookEndpoint,
    statuses: readonly (number | null)[],
    state: Delivery["state"],
  ): void {
    this.deliveries.push({ event_id: event.id, type: event.type, url, statuses, state });
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

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, a `v1` for each secret (docs: Verify webhook signatures). */
export function signatureHeader(body: string, secrets: readonly string[], now_ms = Date.now()): string {
  const t = Math.floor(now_ms / 1000);
  const signatures = secrets.map((secret) =>
    createHmac("sha256", secret).update(`${t}.${body}`).digest("hex"),
  );
  return [`t=${t}`, ...signatures.map((signature) => `v1=${signature}`)].join(",");
}

/** Signed by the real clock: a store refuses what was not signed just now. */
async function post(
  event: Sendable,
  { url, api_version = event.api_version }: WebhookEndpoint,
  secrets: readonly string[],
): Promise<number | null> {
  const body = JSON.stringify({ ...event, api_version }, null, 2);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signatureHeader(body, secrets),
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        connection: "close",
      },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Not reachable or too slow: whoever asked decides about another try.
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
