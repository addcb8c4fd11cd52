import type Stripe from "stripe";
import type { Clock } from "../shared/clock";
import { resourceMissing } from "./errors";
import { newId } from "./ids";
import { Journal, type IntentOperationKind } from "./journal";
import type { TestCard } from "./cards/test-cards";

/** A Stripe account that the simulator plays. */
export type AccountOptions = Readonly<{
  /** `sk_…`. */
  secret_key: string;
  /** `acct_…`; chosen when left out. */
  id?: string;
  /** `pk_…`: what a browser may confirm with, given a client secret. */
  publishable_key?: string;
  restricted_keys?: readonly RestrictedKey[];
  country?: string;
  default_currency?: string;
  /** What is activated in its dashboard; see {@link DEFAULT_METHODS} in `methods.ts`. */
  payment_method_types?: readonly string[];
  charges_enabled?: boolean;
  /** How long a refund takes whose end comes later; Stripe says "some time", and here it is three days when left out. */
  refunds_end_after_ms?: number;
  webhook_endpoints?: readonly WebhookEndpoint[];
}>;

/** A `rk_…` key that may do these operations only, e.g. `payment_intents.create` or `refunds.*`. */
export type RestrictedKey = Readonly<{ key: string; permissions: readonly string[] }>;

export type WebhookEndpoint = Readonly<{
  url: string;
  /** Every event is signed with each of them, as Stripe does while a secret is being rolled. */
  secrets: readonly string[];
  /** All when left out. */
  enabled_events?: readonly string[];
  /** The shape is always the installed SDK's; only the event's `api_version` says this. */
  api_version?: string;
}>;

export type IntentRecord = {
  readonly object: Stripe.PaymentIntent;
  return_url: string | null;
  /** The shopper is asked, by 3-D Secure or on a bank's page. */
  asked: boolean;
};

export type SetupRecord = { readonly object: Stripe.SetupIntent; return_url: string | null; asked: boolean };

export type MethodRecord = {
  readonly object: Stripe.PaymentMethod;
  /** The row of the test table, for cards. */
  readonly card?: TestCard;
  /** Of a bank debit: how it ends. */
  readonly debit?: "succeeds" | "fails";
  /** It may be charged without the shopper. */
  set_up: boolean;
  /** It was used or detached and cannot be used again. */
  spent: boolean;
};

export type TokenRecord = {
  readonly object: Stripe.ConfirmationToken;
  readonly method: MethodRecord;
  /** Made by Stripe.js from Elements, and not by Stripe's test helper. */
  readonly from_elements: boolean;
  used: boolean;
};

export type EventType = Stripe.Event["type"];

/** An event as it is sent; `object` is a copy of what it was about, at that time. */
export type SimulatedEvent = Readonly<{
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: Readonly<{ object: unknown; previous_attributes?: unknown }>;
  livemode: false;
  pending_webhooks: number;
  request: Readonly<{ id: string | null; idempotency_key: string | null }>;
  type: EventType;
}>;

/** The request that is being answered, as events name it. */
export type RequestInfo = Readonly<{ id: string; idempotency_key: string | null; publishable: boolean }>;

/** Everything one account holds. */
export class Account {
  readonly id: string;
  readonly payment_intents = new Map<string, IntentRecord>();
  readonly setup_intents = new Map<string, SetupRecord>();
  readonly payment_methods = new Map<string, MethodRecord>();
  readonly confirmation_tokens = new Map<string, TokenRecord>();
  readonly charges = new Map<string, Stripe.Charge>();
  readonly refunds = new Map<string, Stripe.Refund>();
  /** Ids of the refunds that only released what was reserved. */
  readonly releases = new Set<string>();
  readonly disputes = new Map<string, Stripe.Dispute>();
  readonly customers = new Map<string, Stripe.Customer>();
  readonly deleted_customers = new Map<string, Stripe.DeletedCustomer>();
  readonly balance_transactions = new Map<string, Stripe.BalanceTransaction>();
  readonly payment_method_domains = new Map<string, Stripe.PaymentMethodDomain>();
  readonly payouts = new Map<string, Stripe.Payout>();
  readonly events: SimulatedEvent[] = [];
  readonly journal = new Journal();
  request: RequestInfo | undefined;
  /** False when Stripe lets the account take no payments. */
  charges_enabled: boolean;

  /**
   * @param base_url where the simulator's own pages are
   * @param announce what is done with a new event
   */
  constructor(
    readonly options: AccountOptions,
    readonly clock: Clock,
    readonly base_url: () => string,
    private readonly api_version: string,
    private readonly announce: (account: Account, event: SimulatedEvent) => void,
  ) {
    this.id = options.id ?? newId("acct", 16);
    this.charges_enabled = options.charges_enabled ?? true;
  }

  /** Writes down what is done to an intent, under the key of the call that is being answered. */
  note(intent_id: string, kind: IntentOperationKind, amount: number): void {
    const idempotency_key = this.request?.idempotency_key ?? null;
    this.journal.write(intent_id, { kind, amount, idempotency_key, at_ms: this.clock.now() });
  }

  /** Notes an event and has it sent. */
  emit(type: EventType, object: unknown, previous_attributes?: unknown): SimulatedEvent {
    const event = { ...this.newEvent(object, previous_attributes), type };
    this.events.push(event);
    this.announce(this, event);
    return event;
  }

  /** An event that says nothing of its type yet, and that nobody has heard of. */
  newEvent(object: unknown, previous_attributes?: unknown): Omit<SimulatedEvent, "type"> {
    return {
      id: newId("evt"),
      object: "event",
      api_version: this.api_version,
      created: this.clock.seconds(),
      data: { object: structuredClone(object), ...(previous_attributes ? { previous_attributes } : {}) },
      livemode: false,
      pending_webhooks: this.options.webhook_endpoints?.length ?? 0,
      request: { id: this.request?.id ?? null, idempotency_key: this.request?.idempotency_key ?? null },
    };
  }

  /** @throws StripeRefusal 404 */
  paymentIntent(id: string, param = "intent"): IntentRecord {
    return found(this.payment_intents, "payment_intent", id, param);
  }

  /** @throws StripeRefusal 404 */
  paymentMethod(id: string, param = "payment_method"): MethodRecord {
    return found(this.payment_methods, "PaymentMethod", id, param);
  }

  /** @throws StripeRefusal 404, for a deleted one too */
  customer(id: string, param = "customer"): Stripe.Customer {
    return found(this.customers, "customer", id, param);
  }

  /** @throws StripeRefusal 404 */
  charge(id: string, param = "charge"): Stripe.Charge {
    return found(this.charges, "charge", id, param);
  }
}

/** @throws StripeRefusal 404 `resource_missing` */
export function found<T>(records: ReadonlyMap<string, T>, object: string, id: string, param?: string): T {
  const record = records.get(id);
  if (record === undefined) {
    throw resourceMissing(object, id, param);
  }
  return record;
}
