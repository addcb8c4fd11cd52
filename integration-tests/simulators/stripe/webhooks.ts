import { createHmac } from "node:crypto";
import { Deliveries, postEvent } from "../shared/deliveries";
import type { Account, SimulatedEvent, WebhookEndpoint } from "./account";
import type { Faults } from "./http/faults";

/** An event, of whatever type: an endpoint must bear types it does not know. */
export type Sendable = Omit<SimulatedEvent, "type"> & Readonly<{ type: string }>;

/** Sends events to the accounts' endpoints, signed, again when it fails, and as the faults in force spoil it. */
export class Webhooks extends Deliveries {
  private readonly endpoints = new Map<string, readonly WebhookEndpoint[]>();

  constructor(private readonly faults: Faults) {
    super();
  }

  /** Where an account's events go from now on. */
  subscribe(account_id: string, endpoints: readonly WebhookEndpoint[]): void {
    this.endpoints.set(account_id, endpoints);
  }

  announce(account: Account, event: SimulatedEvent): void {
    for (const endpoint of this.endpoints.get(account.id) ?? []) {
      if (endpoint.enabled_events?.includes(event.type) ?? true) {
        const { id: event_id, type } = event;
        const send = (): Promise<number | null> => post(event, endpoint, endpoint.secrets);
        const fault = this.faults.take("webhook", type, account.id);
        this.dispatch({ event_id, type, url: endpoint.url, post: send }, fault);
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
function post(
  event: Sendable,
  { url, api_version = event.api_version }: WebhookEndpoint,
  secrets: readonly string[],
): Promise<number | null> {
  const body = JSON.stringify({ ...event, api_version }, null, 2);
  return postEvent(url, body, {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": signatureHeader(body, secrets),
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  });
}
