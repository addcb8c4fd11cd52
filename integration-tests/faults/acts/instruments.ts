import type { Rng } from "../schedule/rng";

/** A card as the shopper brings it, and what the bank does with it. */
export type Card = Readonly<{ weight: number; name: string; token?: string; number?: string }>;

/** Far from the end, whatever the clock is moved to. */
const EXPIRY = { exp_month: 12, exp_year: 99, cvc: "123" };

/** Approving cards, and one refusing card for each family of declines. */
export const CARDS: readonly Card[] = [
  { weight: 30, name: "good card", token: "tok_visa" },
  { weight: 8, name: "good typed card", number: "4242424242424242" },
  { weight: 3, name: "card that disputes", token: "tok_dispute" },
  { weight: 3, name: "card whose refunds come back", token: "tok_refund_fails" },
  ...[
    "generic_decline",
    "insufficient_funds",
    "lost_card",
    "expired_card",
    "incorrect_cvc",
    "processing_error",
    "issuer_not_available",
    "do_not_honor",
    "card_not_supported",
    "duplicate_transaction",
    "account_capability_missing",
    "compliance_violation",
    "payment_expired",
    "highest_risk_level",
    "unlisted_code",
  ].map((code) => ({ weight: 1.5, name: `card refused with ${code}`, token: `tok_${code}` })),
  { weight: 2, name: "lost typed card", number: "4000000000009987" },
];

export const SECURED_CARDS: readonly Card[] = [
  { weight: 6, name: "3-D Secure card", token: "tok_three_d_secure" },
  { weight: 1, name: "3-D Secure card without money", token: "tok_three_d_secure_insufficient_funds" },
  { weight: 1, name: "3-D Secure card that is refused", token: "tok_three_d_secure_declined" },
  { weight: 1, name: "card that must be authenticated", token: "tok_authentication_required" },
];

/** What confirm takes for the card. */
export function confirmData({ token, number }: Card): Record<string, unknown> {
  return number ? { card: { number, ...EXPIRY } } : { token };
}

/** One of the lane's two accounts. */
export type Side = 0 | 1;

export const sideOf = (rng: Rng): Side => (rng.chance(0.6) ? 0 : 1);
