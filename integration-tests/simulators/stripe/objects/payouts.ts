import type Stripe from "stripe";
import type { Account } from "../account";
import { newId } from "../ids";

/** Stripe pays out to the bank, or tries to. */
export function payOut(
  account: Account,
  { amount, currency, status }: Readonly<{ amount: number; currency: string; status: "paid" | "failed" }>,
): Stripe.Payout {
  const created = account.clock.seconds();
  const payout: Stripe.Payout = {
    id: newId("po"),
    object: "payout",
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: created,
    automatic: true,
    balance_transaction: null,
    created,
    currency,
    description: "STRIPE PAYOUT",
    destination: null,
    failure_balance_transaction: null,
    failure_code: status === "failed" ? "account_closed" : null,
    failure_message: status === "failed" ? "The bank account has been closed." : null,
    livemode: false,
    metadata: {},
    method: "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: "completed",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: null,
    status,
    trace_id: null,
    type: "bank_account",
  };
  account.payouts.set(payout.id, payout);
  account.emit(status === "paid" ? "payout.paid" : "payout.failed", payout);
  return payout;
}
