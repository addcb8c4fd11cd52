import type Stripe from "stripe";
import type { Account } from "./account";
import { latestCharge } from "./objects/charges";
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
    const charge = latestCharge(account, intent);
    const released =
      charge?.captured || intent.status === "canceled" ? charge!.amount - charge!.amount_captured : 0;
    return {
      id: intent.id,
      account: account.id,
      status: intent.status,
      currency: intent.currency,
      amount: intent.amount,
      authorized: intent.amount_capturable,
      captured: intent.amount_received,
      refunded: (charge?.amount_refunded ?? 0) - released,
      disputed: charge?.disputed ?? false,
      charges: charges.length,
      customer: idOf(intent.customer),
      metadata: intent.metadata,
    };
  });
}
