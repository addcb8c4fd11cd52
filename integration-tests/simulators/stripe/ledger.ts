import type Stripe from "stripe";
import type { Account } from "./account";
import { idOf } from "./ids";
import type { IntentOperation } from "./journal";

/** What an intent has done with money, in the smallest unit. */
export type LedgerRow = Readonly<{
  id: string;
  account: string;
  status: Stripe.PaymentIntent["status"];
  currency: string;
  amount: number;
  /** All that was ever approved, whatever became of it. */
  approved: number;
  /** How often it was approved. */
  approvals: number;
  /** Reserved and not captured. */
  authorized: number;
  captured: number;
  /** Was reserved and let go without being captured. */
  released: number;
  /** Given back to the payer of what was captured; what was only released does not count. */
  refunded: number;
  disputed: boolean;
  /** Attempts at the issuer. */
  charges: number;
  customer: string | null;
  metadata: Stripe.Metadata;
  /** Oldest first. */
  operations: readonly IntentOperation[];
}>;

/**
 * The intents of an account to which something was done after a revision of its journal, in the order they were made.
 * @param since 0 for all
 */
export function ledgerOf(account: Account, since = 0): LedgerRow[] {
  const changed = account.journal.changedSince(since);
  return [...account.payment_intents.values()]
    .filter(({ object }) => changed.has(object.id))
    .map(({ object }) => rowOf(account, object));
}

function rowOf(account: Account, intent: Stripe.PaymentIntent): LedgerRow {
  const charges = [...account.charges.values()].filter(({ payment_intent }) => payment_intent === intent.id);
  const approved = charges.filter(({ status }) => status === "succeeded");
  const refunds = [...account.refunds.values()].filter(
    ({ payment_intent, status }) => payment_intent === intent.id && status !== "failed",
  );
  return {
    id: intent.id,
    account: account.id,
    status: intent.status,
    currency: intent.currency,
    amount: intent.amount,
    approved: sum(approved),
    approvals: approved.length,
    authorized: intent.amount_capturable,
    captured: intent.amount_received,
    released: sum(refunds.filter(({ id }) => account.releases.has(id))),
    refunded: sum(refunds.filter(({ id }) => !account.releases.has(id))),
    disputed: charges.some(({ disputed }) => disputed),
    charges: charges.length,
    customer: idOf(intent.customer),
    metadata: intent.metadata,
    operations: account.journal.of(intent.id),
  };
}

function sum(amounts: readonly Readonly<{ amount: number }>[]): number {
  return amounts.reduce((total, { amount }) => total + amount, 0);
}
