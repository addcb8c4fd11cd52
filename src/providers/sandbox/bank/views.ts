import { disputedMinor } from "./moves";
import type { BankPayment, BankSavedMethod } from "./records";

/** A payment as merchants see it: amounts as strings, times in ISO 8601. */
export function paymentView(
  payment: BankPayment,
  challenge_url: string | undefined,
): Record<string, unknown> {
  const { test_token: _test_token, ...instrument } = payment.instrument ?? {};
  const expires = payment.authorization_expires_at;
  return {
    reference: payment.reference,
    provider: payment.provider,
    method: payment.method,
    status: payment.status,
    currency: payment.currency,
    amount_minor: payment.amount_minor,
    capture: payment.capture,
    authorized_minor: payment.authorized_minor,
    captured_minor: payment.captured_minor,
    refunded_minor: payment.refunded_minor,
    disputed_minor: disputedMinor(payment),
    metadata: payment.metadata,
    next_action:
      payment.status === "action_required" && challenge_url !== undefined
        ? { type: "redirect", url: challenge_url, reason: payment.challenge?.reason }
        : null,
    decline: payment.status === "requires_confirmation" ? (payment.decline ?? null) : null,
    instrument: payment.instrument ? instrument : null,
    disputes: disputesOf(payment, (amount_minor) => amount_minor),
    refunds: payment.refunds.map(({ id, amount_minor, status }) => ({ id, amount_minor, status })),
    authorization_expires_at: expires === undefined ? null : timeOf(expires),
    created_at: timeOf(payment.created_at),
  };
}

/** A payment as the bank's own people see it: amounts as JSON numbers where they fit, and all that was done to it. */
export function ledgerRow(payment: BankPayment): Record<string, unknown> {
  return {
    reference: payment.reference,
    provider: payment.provider,
    currency: payment.currency,
    status: payment.status,
    amount_minor: readable(payment.amount_minor),
    authorized_minor: readable(payment.authorized_minor),
    captured_minor: readable(payment.captured_minor),
    refunded_minor: readable(payment.refunded_minor),
    voided_minor: readable(payment.voided_minor),
    disputed_minor: readable(disputedMinor(payment)),
    disputed_lost_minor: readable(disputedMinor(payment, "lost")),
    authorizations: payment.authorizations,
    disputes: disputesOf(payment, readable),
    operations: payment.operations.map(({ kind, amount_minor, idempotency_key, at }) => ({
      kind,
      amount_minor: readable(amount_minor),
      idempotency_key,
      at: timeOf(at),
    })),
    operations_forgotten: payment.operations_forgotten,
    metadata: payment.metadata,
  };
}

/** A saved card as merchants see it. */
export function savedMethodView(saved: BankSavedMethod): Record<string, unknown> {
  const { id, instrument, exp_month, exp_year } = saved;
  return { id, method: "card", brand: instrument.brand, last4: instrument.last4, exp_month, exp_year };
}

function disputesOf(
  { disputes }: BankPayment,
  amount: (amount_minor: bigint) => unknown,
): readonly Record<string, unknown>[] {
  return disputes.map(({ id, amount_minor, reason, status, respond_by }) => ({
    id,
    amount_minor: amount(amount_minor),
    reason,
    status,
    respond_by: timeOf(respond_by),
  }));
}

/** A JSON number where it holds the amount exactly, else a string of digits. */
function readable(amount_minor: bigint): number | string {
  return amount_minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(amount_minor) : amount_minor.toString();
}

function timeOf(unix_ms: number): string {
  return new Date(unix_ms).toISOString();
}
