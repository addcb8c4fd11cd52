import type { Clock } from "../shared/clock";
import { unknownResource } from "./errors";
import { newEvent, type EventType, type SimulatedEvent } from "./events";
import { newAccountId } from "./ids";
import type { MinorUnits } from "./money";
import type {
  AuthorizationRecord,
  CaptureRecord,
  DisputeRecord,
  OrderRecord,
  PaymentTokenRecord,
  RefundRecord,
  SetupTokenRecord,
} from "./records";
import type { Transmission } from "./webhooks/notary";

/** A merchant's account with its REST app. */
export type AccountOptions = Readonly<{
  client_id: string;
  client_secret: string;
  /** 13 of the letters and digits that PayPal uses; chosen when left out. */
  merchant_id?: string;
  email?: string;
  /** Of the merchant, two letters; US when left out. In the EEA and the United Kingdom `SCA_WHEN_REQUIRED` asks. */
  country?: string;
  /** Advanced cards, Apple Pay and Google Pay; on when left out. */
  card_processing?: boolean;
  /** PayPal's account setting against paying an invoice twice; on when left out. */
  unique_invoice_ids?: boolean;
  /** The most an order may come to, in minor units by currency; without a limit when left out. */
  transaction_limits?: Readonly<Record<string, MinorUnits>>;
  /** Lets an order that waits for its payer be changed, which PayPal does not say of it; on when left out. */
  changes_waiting_orders?: boolean;
  /** Where its events go. */
  webhooks?: readonly WebhookEndpoint[];
  /** How long what is pending takes to come good; until a test ends it when left out. */
  pending_ends_after_ms?: number;
}>;

export type WebhookEndpoint = Readonly<{
  url: string;
  /** The webhook's id, which the signature covers. */
  id: string;
  /** All when left out. */
  event_types?: readonly string[];
}>;

/** The request that is being carried out. */
export type RequestInfo = Readonly<{ operation: string; request_id: string | null }>;

/** The side of webhooks that an account needs. */
export type Post = Readonly<{
  announce(account: Account, event: SimulatedEvent): void;
  attests(account: Account, transmission: Transmission, webhook_id: string, body: string): boolean;
}>;

/** Everything one merchant has at PayPal. */
export class Account {
  readonly id: string;
  readonly email: string;
  readonly country: string;
  readonly orders = new Map<string, OrderRecord>();
  readonly authorizations = new Map<string, AuthorizationRecord>();
  readonly captures = new Map<string, CaptureRecord>();
  readonly refunds = new Map<string, RefundRecord>();
  readonly payment_tokens = new Map<string, PaymentTokenRecord>();
  readonly setup_tokens = new Map<string, SetupTokenRecord>();
  readonly disputes = new Map<string, DisputeRecord>();
  readonly events: SimulatedEvent[] = [];
  request: RequestInfo | undefined;

  private readonly changes: string[] = [];

  /**
   * @param base_url where the simulator is
   * @param post what sends a new event, and tells whether it sent one
   */
  constructor(
    readonly options: AccountOptions,
    readonly clock: Clock,
    readonly base_url: () => string,
    private readonly post: Post,
  ) {
    this.id = options.merchant_id ?? newAccountId();
    this.email = options.email ?? `${this.id.toLowerCase()}@business.example.com`;
    this.country = options.country ?? "US";
  }

  /** Grows with everything that happens to an order. */
  get revision(): number {
    return this.changes.length;
  }

  noteChange(order_id: string): void {
    this.changes.push(order_id);
  }

  /** Orders to which something happened after this revision; 0 for all. */
  changedSince(revision: number): ReadonlySet<string> {
    return new Set(this.changes.slice(revision));
  }

  /** Notes an event and has it sent. @param resource what it is about, as it is now */
  emit(event_type: EventType, resource: unknown): SimulatedEvent {
    const event = newEvent(event_type, resource, this.clock.now(), this.base_url());
    this.events.push(event);
    this.post.announce(this, event);
    return event;
  }

  /** Whether a webhook of this account was sent with this body. */
  attests(transmission: Transmission, webhook_id: string, body: string): boolean {
    return this.post.attests(this, transmission, webhook_id, body);
  }

  /** @throws PaypalRefusal INVALID_RESOURCE_ID, for an order that expired too */
  order(id: string): OrderRecord {
    const order = this.orders.get(id);
    if (!order || order.expired) {
      throw unknownResource();
    }
    return order;
  }

  /** @throws PaypalRefusal INVALID_RESOURCE_ID */
  authorization(id: string): AuthorizationRecord {
    return found(this.authorizations, id);
  }

  /** @throws PaypalRefusal INVALID_RESOURCE_ID */
  capture(id: string): CaptureRecord {
    return found(this.captures, id);
  }

  /** @throws PaypalRefusal INVALID_RESOURCE_ID */
  refund(id: string): RefundRecord {
    return found(this.refunds, id);
  }

  /** The dispute about a capture that is not decided. */
  openDisputeOf(capture_id: string): DisputeRecord | undefined {
    return [...this.disputes.values()].find(
      (dispute) => dispute.capture_id === capture_id && dispute.status !== "RESOLVED",
    );
  }

  /** @throws PaypalRefusal INVALID_RESOURCE_ID */
  paymentToken(id: string): PaymentTokenRecord {
    return found(this.payment_tokens, id);
  }

  /** Whether it has this, under whichever kind of id. */
  holds(id: string): boolean {
    const kinds: readonly ReadonlyMap<string, unknown>[] = [
      this.orders,
      this.authorizations,
      this.captures,
      this.refunds,
      this.setup_tokens,
      this.payment_tokens,
      this.disputes,
    ];
    return kinds.some((records) => records.has(id));
  }
}

/** @throws PaypalRefusal INVALID_RESOURCE_ID */
export function found<T>(records: ReadonlyMap<string, T>, id: string): T {
  const record = records.get(id);
  if (record === undefined) {
    throw unknownResource();
  }
  return record;
}
