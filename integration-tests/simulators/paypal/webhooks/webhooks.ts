import { Deliveries, postEvent } from "../../shared/deliveries";
import type { Account, WebhookEndpoint } from "../account";
import type { SimulatedEvent } from "../events";
import type { Faults } from "../http/faults";
import type { Notary, Transmission } from "./notary";

/** How an event is sent past the rules: what is signed, and what is sent. */
export type Forgery = Readonly<{
  signer?: "own" | "foreign";
  /** Sent in the place of what was signed. */
  body?: string;
  /** Has the signature be of another text. */
  signed?: string;
}>;

/** An event, of whatever type: an endpoint must bear types it does not know. */
export type Sendable = Omit<SimulatedEvent, "event_type"> & Readonly<{ event_type: string }>;

/** Sends events to the accounts' endpoints, signed, again when it fails, and as the faults in force spoil it. */
export class Webhooks extends Deliveries {
  private readonly endpoints = new Map<string, readonly WebhookEndpoint[]>();

  constructor(
    private readonly faults: Faults,
    private readonly notary: Notary,
  ) {
    super();
  }

  /** Where an account's events go from now on. */
  subscribe(account_id: string, endpoints: readonly WebhookEndpoint[]): void {
    this.endpoints.set(account_id, endpoints);
  }

  /** Whether a webhook of the account was signed for this body. */
  attests(account: Account, transmission: Transmission, webhook_id: string, body: string): boolean {
    const own = this.endpoints.get(account.id)?.some(({ id }) => id === webhook_id) ?? false;
    return own && this.notary.attests(transmission, webhook_id, body);
  }

  announce(account: Account, event: SimulatedEvent): void {
    for (const endpoint of this.endpoints.get(account.id) ?? []) {
      if (endpoint.event_types?.includes(event.event_type) ?? true) {
        const { id: event_id, event_type: type } = event;
        const fault = this.faults.take("webhook", type, account.id);
        this.dispatch({ event_id, type, url: endpoint.url, post: () => this.post(event, endpoint) }, fault);
      }
    }
  }

  /** Sends an event once, without faults and tries. @returns the status each endpoint answered, null where none came */
  sendNow(account_id: string, event: Sendable, forgery: Forgery = {}): Promise<(number | null)[]> {
    const endpoints = this.endpoints.get(account_id) ?? [];
    return Promise.all(endpoints.map((endpoint) => this.post(event, endpoint, forgery)));
  }

  private post(event: Sendable, { url, id }: WebhookEndpoint, forgery: Forgery = {}): Promise<number | null> {
    const genuine = eventText(event);
    const transmission = this.notary.transmit(forgery.signed ?? genuine, id, forgery.signer);
    return postEvent(url, forgery.body ?? genuine, headersOf(transmission));
  }
}

/**
 * An event as it is sent: with escapes that `JSON.stringify` does not write, so that a store finds out at once when it
 * checks a text of its own making.
 */
export function eventText(event: Sendable): string {
  return JSON.stringify(event).replaceAll("/", "\\/");
}

function headersOf({ id, time, signature, cert_url }: Transmission): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "PayPal/AUHR-214.0-55417034",
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-transmission-sig": signature,
    "paypal-cert-url": cert_url,
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-auth-version": "v2",
  };
}
