import type { AttemptStatus } from "./attempt-states";
import type { Decline } from "./declines";
import type { FindingKind, NewFinding } from "./findings";
import type { Money } from "./money";
import type { OperationEnd, OperationKind, OperationRecord } from "./operations";
import type { OrderDetails } from "./order-details";
import type { Instrument, NextAction } from "./outcomes";
import type { GatewayCallObserved } from "./telemetry";

/** One try to pay one cart with one option, as remembered. */
export type AttemptRecord = Readonly<{
  id: string;
  /** 1 for the first attempt of its payment collection, then counting up. */
  sequence: number;
  payment_collection_id: string | null;
  payment_session_id: string | null;
  cart_id: string | null;
  order_id: string | null;
  customer_id: string | null;
  provider_id: string;
  method: string;
  amount: Money;
  status: AttemptStatus;
  gateway_reference: string | null;
  next_action: NextAction | null;
  decline: Decline | null;
  /** What recovery decided after the decline, and by which rule. */
  recovery: string | null;
  recovery_rule_id: string | null;
  fallback_of: string | null;
  instrument: Instrument | null;
  /** What the browser may know of the payment. */
  client: Readonly<Record<string, unknown>>;
  authorization_expires_at: Date | null;
  created_at: Date;
  updated_at: Date;
}>;

export type OpenAttempt = Readonly<{
  id?: string;
  payment_collection_id: string | null;
  payment_session_id: string | null;
  cart_id?: string | null;
  customer_id?: string | null;
  /** The cart's region, where the cart is known. */
  region_id?: string | null;
  provider_id: string;
  method: string;
  amount: Money;
  fallback_of?: string | null;
  /** The shopper's `Idempotency-Key`, unique per cart. */
  request_key?: string | null;
  /** Of a payment that is at the gateway already, made by somebody else. */
  gateway_reference?: string | null;
}>;

/** What a payment is made with that must not stand in Medusa's session, which is stored and can be read. */
export type StartData = Readonly<{
  /** What the shopper sent when choosing the option. */
  data: unknown;
  /** What is bought and where it goes. */
  order?: OrderDetails;
}>;

/** What may change together with the status. */
export type AttemptChange = Readonly<
  Partial<{
    amount: Money;
    payment_session_id: string | null;
    order_id: string;
    /** `null` when another attempt takes the gateway's payment over. */
    gateway_reference: string | null;
    next_action: NextAction | null;
    decline: Decline | null;
    recovery: string | null;
    recovery_rule_id: string | null;
    instrument: Instrument | null;
    client: Readonly<Record<string, unknown>>;
    authorization_expires_at: Date | null;
  }>
>;

export type AttemptQuery =
  | Readonly<{ id: string }>
  | Readonly<{ payment_session_id: string }>
  | Readonly<{ provider_id: string; gateway_reference: string }>;

/**
 * What the adapter remembers through, implemented by the tender module. Changes are compare-and-swap on the
 * current status: the loser of a race gets `null` and re-reads.
 */
export interface PaymentJournal {
  /**
   * Writes a new attempt; the collection's other open attempts are released in the same transaction. Of a payment that
   * another attempt has already, that one.
   */
  openAttempt(input: OpenAttempt): Promise<AttemptRecord>;
  findAttempt(query: AttemptQuery): Promise<AttemptRecord | null>;
  /**
   * Gives the gateway's payment of a released attempt to a newer one, all or nothing; the former is then canceled.
   * `false` when it is no longer released or has another payment.
   */
  handOver(from_id: string, to_id: string, gateway_reference: string): Promise<boolean>;
  /** Attempts of the collection whose gateway payment waits to be taken over, newest first; claimed ones left out. */
  findReleased(payment_collection_id: string): Promise<AttemptRecord[]>;
  /** Changes status and fields if the transition table allows it from the present status; else `null`. */
  changeAttempt(id: string, to: AttemptStatus, change?: AttemptChange): Promise<AttemptRecord | null>;
  /** Changes fields only. */
  annotateAttempt(id: string, change: AttemptChange): Promise<AttemptRecord>;
  /** Takes the attempt for one worker until the lease ends; `false` when another holds it. */
  claimAttempt(id: string, owner: string, lease_ms: number): Promise<boolean>;
  /** Lets the claim last from now on; `false`, and nothing happens, when it was lost to another. */
  renewClaim(id: string, owner: string, lease_ms: number): Promise<boolean>;
  releaseClaim(id: string, owner: string): Promise<void>;
  /** True while some worker holds an unexpired claim. */
  isClaimed(id: string): Promise<boolean>;
  /** Written before the call. A repeated key is the same operation, started once more. */
  beginOperation(input: {
    attempt_id: string;
    kind: OperationKind;
    amount: Money | null;
    idempotency_key: string;
    source_id?: string | null;
  }): Promise<OperationRecord>;
  endOperation(id: string, end: OperationEnd): Promise<void>;
  listOperations(attempt_id: string, kinds: readonly OperationKind[]): Promise<OperationRecord[]>;
  /** Has the reconciler look at the attempt within this time, whatever its schedule says. */
  lookWithin(attempt_id: string, within_ms: number): Promise<void>;
  /** Opens it unless one of its kind is open for the same subject. */
  openFinding(finding: NewFinding): Promise<void>;
  /** Closes the open finding of this kind and subject, if there is one. */
  closeFinding(kind: FindingKind, subject: string, resolution: string): Promise<void>;
  /** Tells logs and metrics how a call to a gateway ended; nothing is stored. */
  observe(event: GatewayCallObserved): void;
  /**
   * {@link StartData}, handed from the workflow to the adapter within one process and only once; nothing for a session
   * that Medusa's own route made.
   */
  takeStartData(attempt_id: string): StartData | undefined;
}
