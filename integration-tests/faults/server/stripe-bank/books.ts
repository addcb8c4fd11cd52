import type { LedgerRow } from "../../../simulators/stripe";
import type { Payment } from "../simulator-bank/service";

/** Stripe's states in the suite's words, as Stripe's documentation has them ("How PaymentIntents work"). */
const STATUS: Readonly<Record<string, string>> = {
  requires_payment_method: "requires_confirmation",
  requires_confirmation: "requires_confirmation",
  requires_action: "action_required",
  processing: "pending",
  requires_capture: "authorized",
  succeeded: "captured",
  canceled: "canceled",
};

/** A row of Stripe's ledger in the suite's words. */
export function paymentOf(row: LedgerRow): Payment {
  return {
    reference: row.id,
    currency: row.currency.toUpperCase(),
    // What was captured before the rest was voided stays captured.
    status: row.status === "canceled" && row.captured > 0 ? "captured" : (STATUS[row.status] ?? row.status),
    amount_minor: row.amount,
    authorized_minor: row.approved,
    captured_minor: row.captured,
    refunded_minor: row.refunded,
    voided_minor: row.released,
    authorizations: row.approvals,
    operations: row.operations.map(({ kind, amount, idempotency_key, at_ms }) => ({
      kind,
      amount_minor: amount,
      idempotency_key,
      at: new Date(at_ms).toISOString(),
    })),
    metadata: row.metadata,
  };
}
