import type { Decline, DeclineCategory, KnownDecline } from "../../gateway/declines";

/** Stripe's decline codes (stripe-go error.go) and the error codes its docs list beside them. */
export const STRIPE_CODES = [
  "approve_with_id",
  "authentication_not_handled",
  "authentication_required",
  "call_issuer",
  "card_not_supported",
  "card_velocity_exceeded",
  "currency_not_supported",
  "do_not_honor",
  "do_not_try_again",
  "duplicate_transaction",
  "expired_card",
  "fraudulent",
  "generic_decline",
  "highest_risk_level",
  "idempotency_key_in_use",
  "incorrect_address",
  "incorrect_cvc",
  "incorrect_number",
  "incorrect_pin",
  "incorrect_zip",
  "insufficient_funds",
  "invalid_account",
  "invalid_amount",
  "invalid_cvc",
  "invalid_expiry_month",
  "invalid_expiry_year",
  "invalid_number",
  "invalid_pin",
  "issuer_not_available",
  "lock_timeout",
  "lost_card",
  "merchant_blacklist",
  "new_account_information_available",
  "no_action_taken",
  "not_permitted",
  "offline_pin_required",
  "online_or_offline_pin_required",
  "pickup_card",
  "pin_try_exceeded",
  "processing_error",
  "rate_limit",
  "reenter_transaction",
  "restricted_card",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "security_violation",
  "service_not_allowed",
  "stolen_card",
  "stop_payment_order",
  "testmode_decline",
  "transaction_not_allowed",
  "try_again_later",
  "withdrawal_count_limit_exceeded",
] as const;

/** What the bank says beyond Stripe's words. */
export const BANK_CODES = [
  "account_capability_missing",
  "canceled_by_payer",
  "compliance_violation",
  "payment_expired",
] as const;

export type SandboxDeclineCode = (typeof STRIPE_CODES)[number] | (typeof BANK_CODES)[number];

type Row = Readonly<{ category: DeclineCategory; source: string }>;

const STRIPE = "Stripe docs: Decline codes";
const ERRORS = "Stripe docs: Error codes";
const RADAR = "Stripe docs: Declines, blocked payments";
const BANK = "the sandbox bank's own code";

/** Every code the bank may answer with. The type sees to it that none is forgotten. */
export const DECLINE_TABLE = {
  authentication_required: { category: "authenticate", source: STRIPE },
  authentication_not_handled: { category: "authenticate", source: STRIPE },
  // The shopper left their bank's page on purpose: the same as not having approved.
  canceled_by_payer: { category: "authenticate", source: BANK },

  processing_error: { category: "provider_transient", source: STRIPE },
  try_again_later: { category: "provider_transient", source: STRIPE },
  rate_limit: { category: "provider_transient", source: ERRORS },
  lock_timeout: { category: "provider_transient", source: ERRORS },

  issuer_not_available: { category: "issuer_transient", source: STRIPE },
  reenter_transaction: { category: "issuer_transient", source: STRIPE },
  approve_with_id: { category: "issuer_transient", source: STRIPE },

  generic_decline: { category: "issuer_generic", source: STRIPE },
  call_issuer: { category: "issuer_generic", source: STRIPE },

  do_not_honor: { category: "issuer_refused", source: STRIPE },
  no_action_taken: { category: "issuer_refused", source: STRIPE },
  transaction_not_allowed: { category: "issuer_refused", source: STRIPE },
  service_not_allowed: { category: "issuer_refused", source: STRIPE },
  not_permitted: { category: "issuer_refused", source: STRIPE },

  insufficient_funds: { category: "funds_limit", source: STRIPE },
  card_velocity_exceeded: { category: "funds_limit", source: STRIPE },
  withdrawal_count_limit_exceeded: { category: "funds_limit", source: STRIPE },
  // Next step by Stripe: "If amount looks right, customer checks the limit with the issuer."
  invalid_amount: { category: "funds_limit", source: STRIPE },

  incorrect_number: { category: "fix_data", source: STRIPE },
  incorrect_cvc: { category: "fix_data", source: STRIPE },
  incorrect_zip: { category: "fix_data", source: STRIPE },
  incorrect_address: { category: "fix_data", source: ERRORS },
  incorrect_pin: { category: "fix_data", source: STRIPE },
  invalid_number: { category: "fix_data", source: STRIPE },
  invalid_cvc: { category: "fix_data", source: STRIPE },
  invalid_expiry_month: { category: "fix_data", source: STRIPE },
  invalid_expiry_year: { category: "fix_data", source: STRIPE },
  invalid_pin: { category: "fix_data", source: STRIPE },
  // Next step by Stripe: use a test card in test mode, which is always the sandbox's mode.
  testmode_decline: { category: "fix_data", source: STRIPE },

  expired_card: { category: "instrument_unusable", source: STRIPE },
  invalid_account: { category: "instrument_unusable", source: STRIPE },
  restricted_card: { category: "instrument_unusable", source: STRIPE },
  new_account_information_available: { category: "instrument_unusable", source: STRIPE },
  // Next step by Stripe: another card or method.
  pin_try_exceeded: { category: "instrument_unusable", source: STRIPE },

  card_not_supported: { category: "unsupported_here", source: STRIPE },
  currency_not_supported: { category: "unsupported_here", source: STRIPE },
  // A PIN can be given to a card reader only, which a web shop is not.
  offline_pin_required: { category: "unsupported_here", source: STRIPE },
  online_or_offline_pin_required: { category: "unsupported_here", source: STRIPE },

  do_not_try_again: { category: "never", source: STRIPE },
  lost_card: { category: "never", source: STRIPE },
  stolen_card: { category: "never", source: STRIPE },
  pickup_card: { category: "never", source: STRIPE },
  revocation_of_authorization: { category: "never", source: STRIPE },
  revocation_of_all_authorizations: { category: "never", source: STRIPE },
  stop_payment_order: { category: "never", source: STRIPE },

  fraudulent: { category: "risk", source: STRIPE },
  merchant_blacklist: { category: "risk", source: STRIPE },
  security_violation: { category: "risk", source: STRIPE },
  highest_risk_level: { category: "risk", source: RADAR },

  compliance_violation: { category: "compliance", source: BANK },

  duplicate_transaction: { category: "reconcile", source: STRIPE },
  idempotency_key_in_use: { category: "reconcile", source: ERRORS },

  account_capability_missing: { category: "merchant_config", source: BANK },

  payment_expired: { category: "session_expired", source: BANK },
} as const satisfies Record<SandboxDeclineCode, Row>;

export const KNOWN_DECLINES: readonly KnownDecline[] = Object.entries(DECLINE_TABLE).map(([code, row]) => ({
  code,
  ...row,
}));

/** The bank's refusal in the contract's words; a code without a row is `unclassified`. */
export function declineOf(
  refusal: Readonly<{ code: string; network_code?: string; advice_code?: string }>,
): Decline {
  const { code, network_code, advice_code } = refusal;
  return {
    category: isKnown(code) ? DECLINE_TABLE[code].category : "unclassified",
    code,
    ...(network_code !== undefined && { network_code }),
    ...(advice_code !== undefined && { advice_code }),
  };
}

function isKnown(code: string): code is SandboxDeclineCode {
  return Object.hasOwn(DECLINE_TABLE, code);
}
