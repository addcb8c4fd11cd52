import type {
  AttemptStatus,
  DeclineCategory,
  GatewayErrorKind,
  ManualRefundStatus,
  OperationKind,
  OperationStatus,
} from "../gateway";
import type { RecoveryAction } from "../services";

/**
 * The Admin API's answers. Amounts are decimal numbers in the currency's main unit, as everywhere in Medusa's API;
 * times are ISO 8601 in UTC.
 */

/** One call to a gateway. */
export type AdminPaymentOperation = Readonly<{
  id: string;
  kind: OperationKind;
  status: OperationStatus;
  /** Null for calls that carry no amount, such as a void. */
  amount: number | null;
  currency_code: string | null;
  /** Why the call failed or has no outcome, or that its answer was lost and its end read later. The message is redacted. */
  error: Readonly<{ kind: GatewayErrorKind; message: string | null }> | null;
  started_at: string;
  finished_at: string | null;
}>;

/** A refusal with everything the gateway told, for operators only. */
export type AdminDecline = Readonly<{
  category: DeclineCategory;
  code: string;
  network_code: string | null;
  advice_code: string | null;
}>;

/** One try to pay the order's cart with one option. */
export type AdminPaymentAttempt = Readonly<{
  id: string;
  provider_id: string;
  method: string;
  status: AttemptStatus;
  amount: number;
  currency_code: string;
  gateway_reference: string | null;
  instrument: Readonly<{ brand: string | null; last4: string | null }> | null;
  decline: AdminDecline | null;
  /** What followed from the refusal, and the rule that said so. */
  recovery: Readonly<{ action: RecoveryAction; rule_id: string }> | null;
  /** The attempt this one took over from. */
  fallback_of: string | null;
  created_at: string;
  operations: readonly AdminPaymentOperation[];
}>;

/** `GET /admin/orders/:id/payment-attempts`: first attempt first. */
export type AdminOrderPaymentAttemptsResult = Readonly<{ payment_attempts: readonly AdminPaymentAttempt[] }>;

/** A refund that payee and operator carry out, because no key that could move the money is on the server. */
export type AdminManualRefund = Readonly<{
  id: string;
  provider_id: string;
  /** Whose payment it gives back; null where that is not on record. */
  payment_attempt_id: string | null;
  order_id: string | null;
  /** What it refunds of the payment; null for money beyond it, which no refund of Medusa's stands for. */
  amount: number | null;
  currency_code: string | null;
  /** What is given back, for people to read. */
  shown: string;
  /** A fee, which is not certain yet, is taken off it. */
  less_fee: boolean;
  status: ManualRefundStatus;
  /** Where the payee wants it, once they have said. */
  destination: string | null;
  /** Whether the payee may still say where. */
  takes_destination: boolean;
  /** What keeps it from going on. */
  note: string | null;
  /** Opens the payee's page without a login: to be given to the payee alone. Null for operators who may not refund. */
  payee_url: string | null;
}>;

/** `GET /admin/tender/payment-attempts/:id/manual-refunds`: first refund first. */
export type AdminManualRefundsResult = Readonly<{ manual_refunds: readonly AdminManualRefund[] }>;

/** Whatever changes one of them. */
export type AdminManualRefundResult = Readonly<{ manual_refund: AdminManualRefund }>;
