/**
 * What each kind of refusal leads to, as in the table of recovery rules: the answer's action, whether the card
 * option is still offered, and how often which provider was asked (twice is a silent retry, the other one a switch).
 */
export const CASES: readonly {
  token: string;
  shown: string;
  recovery: string;
  card_offered: boolean;
  /** How often each provider was asked to authorize. */
  asked: Record<string, number>;
}[] = [
  {
    token: "tok_processing_error",
    shown: "provider_transient",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 2, b: 1 },
  },
  {
    token: "tok_issuer_not_available",
    shown: "issuer_transient",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 2 },
  },
  {
    token: "tok_generic_decline",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_do_not_honor",
    shown: "issuer_refused",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_insufficient_funds",
    shown: "funds_limit",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_incorrect_cvc",
    shown: "fix_data",
    recovery: "fix_details",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_expired_card",
    shown: "instrument_unusable",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_card_not_supported",
    shown: "unsupported_here",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_lost_card",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_highest_risk_level",
    shown: "issuer_generic",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_compliance_violation",
    shown: "compliance",
    recovery: "stop",
    card_offered: false,
    asked: { a: 1 },
  },
  {
    token: "tok_duplicate_transaction",
    shown: "reconcile",
    recovery: "choose_another_method",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_account_capability_missing",
    shown: "merchant_config",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1, b: 1 },
  },
  {
    token: "tok_payment_expired",
    shown: "session_expired",
    recovery: "retry",
    card_offered: true,
    asked: { a: 1 },
  },
  {
    token: "tok_unlisted_code",
    shown: "unclassified",
    recovery: "choose_another_method",
    card_offered: false,
    asked: { a: 1 },
  },
];
