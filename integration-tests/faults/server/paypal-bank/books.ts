import type { LedgerRow } from "../../../simulators/paypal";
import type { Payment } from "../simulator-bank/service";

type Operation = Payment["operations"][number];

/** An order that was given up has this before the attempt's id: PayPal has no call that ends one nobody paid. */
const GIVEN_UP = /^canceled_/;

/** A row of PayPal's ledger in the suite's words. */
export function paymentOf(row: LedgerRow): Payment {
  const captured = Number(row.captured);
  const voided = Number(row.voided);
  // A capture that is pending leaves the money where it is: reserved, where it was.
  const pending = row.intent === "AUTHORIZE" ? Number(row.pending) : 0;
  return {
    reference: row.id,
    currency: row.currency,
    status: statusOf(row),
    amount_minor: Number(row.amount),
    authorized_minor: Number(row.authorized) + captured + voided + pending,
    captured_minor: captured,
    refunded_minor: Number(row.refunded),
    voided_minor: voided,
    authorizations: row.intent === "AUTHORIZE" ? row.authorizations : captured > 0 ? row.captures : 0,
    operations: operationsOf(row),
    metadata: row.custom_id === null ? {} : { attempt_id: row.custom_id.replace(GIVEN_UP, "") },
  };
}

/** Where an order stands, by what became of its money. */
function statusOf(row: LedgerRow): string {
  if (row.status !== "COMPLETED") {
    return row.status === "PAYER_ACTION_REQUIRED" ? "action_required" : "requires_confirmation";
  }
  if (row.undecided > 0n || (row.intent === "CAPTURE" && row.pending > 0n)) {
    return "pending";
  }
  if (row.authorized > 0n || (row.pending > 0n && row.captured === 0n)) {
    return "authorized";
  }
  return row.captured > 0n ? "captured" : "canceled";
}

/**
 * What was done, oldest first. A refund of the store's may be one call for each of the payment's captures: they carry
 * the same mark, and are one refund.
 */
function operationsOf({ operations }: LedgerRow): readonly Operation[] {
  const made: Operation[] = [];
  for (const { kind, amount, request_id, custom_id, at_ms } of operations) {
    const operation = {
      kind,
      amount_minor: Number(amount),
      idempotency_key: custom_id ?? request_id,
      at: new Date(at_ms).toISOString(),
    };
    const at = made.findIndex(
      (before) => custom_id !== null && before.kind === kind && before.idempotency_key === custom_id,
    );
    const before = made[at];
    if (before) {
      made[at] = { ...before, amount_minor: before.amount_minor + operation.amount_minor };
    } else {
      made.push(operation);
    }
  }
  return made;
}
