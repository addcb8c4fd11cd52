import type Stripe from "stripe";
import type { Account } from "./account";
import { idOf } from "./ids";

/** What an intent has done with money, in the smallest unit. */
export type LedgerRow = Readonly<{
  id: string;
  account: string;
  status: Stripe.PaymentIntent["status"];
  currency: string;
  amount: number;
  /** Reserved and not captured. */
  authorized: number;
  captured: number;
  /** Given back to the payer of what was captured; what was only released does not count. */
  refunded: number;
  disputed: boolean;
  /** Attempts at the issuer. */
  charges: number;
  customer: string | null;
  metadata: Stripe.Metadata;
}>;

/** Every intent of an account, in the order they were made. */
export function ledgerOf(account: Account): LedgerRow[] {
  return [...account.payment_intents.values()].map(({ object: intent }) => {
    const charges = [...account.charges.values()].filter(
      ({ payment_intent }) => payment_intent === intent.id,
    );
    return {
      id: intent.id,
      account: account.id,
      status: intent.status,
      currency: intent.currency,
      amount: intent.amount,
      authorized: intent.amount_capturable,
      captured: intent.amount_received,
      refunded: givenBack(account, intent),
      disputed: charges.some(({ disputed }) => disputed),
      charges: charges.length,
      customer: idOf(intent.customer),
      metadata: intent.metadata,
    };
  });
}

function givenBack(account: Account, intent: Stripe.PaymentIntent): number {
  return [...account.refunds.values()]
    .filter(
      ({ id, payment_intent, status }) =>
        payment_intent === intent.id && status !== "failed" && !account.releases.has(id),
    )
    .reduce((total, { amount }) => total + amount, 0);
}
