import type Stripe from "stripe";
import type { Account } from "../account";
import { DEFAULT_METHODS } from "../methods";

/** The account as its own key sees it. */
export function accountObject({ id, options, charges_enabled }: Account): Stripe.Account {
  const types = options.payment_method_types ?? DEFAULT_METHODS;
  return {
    id,
    object: "account",
    business_type: "company",
    capabilities: Object.fromEntries(
      types.map((type) => [`${type}_payments`, charges_enabled ? "active" : "inactive"]),
    ),
    charges_enabled,
    country: options.country ?? "DE",
    default_currency: options.default_currency ?? "eur",
    details_submitted: true,
    email: "owner@example.com",
    payouts_enabled: charges_enabled,
    type: "standard",
  };
}

/** Stripe stops or resumes the account's payments. */
export function enableCharges(account: Account, enabled: boolean): void {
  account.charges_enabled = enabled;
  account.emit("account.updated", accountObject(account));
}

/** What came in, less fees and what went back. */
export function balanceObject(account: Account): Stripe.Balance {
  const totals = new Map<string, number>();
  for (const { currency, net } of account.balance_transactions.values()) {
    totals.set(currency, (totals.get(currency) ?? 0) + net);
  }
  const pending = [...totals].map(([currency, amount]) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
  return {
    object: "balance",
    available: pending.map(({ currency }) => ({ amount: 0, currency, source_types: { card: 0 } })),
    livemode: false,
    pending,
  };
}
