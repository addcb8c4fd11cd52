import type { DeclineCategory } from "../../gateway/declines";
import type { RuleVerdict } from "./types";
import { AFTER_EDIT, NEVER_AGAIN, REFUSED_BY_PROVIDER, REFUSED_INSTRUMENT } from "./verdicts";

/** One row per category: the last word when no code or advice says more. Source: the decline taxonomy. */
export const CATEGORY_RULES = {
  authenticate: {
    ...REFUSED_INSTRUMENT,
    same_provider: "with_authentication",
    source: "EMV 3-D Secure; Stripe docs, Decline codes: authentication_required",
  },
  provider_transient: {
    ...REFUSED_BY_PROVIDER,
    same_provider: "once",
    another_instrument: true,
    source: "Stripe docs, Decline codes: processing_error, try_again_later",
  },
  issuer_transient: {
    ...REFUSED_INSTRUMENT,
    same_provider: "once",
    source: "Stripe docs, Decline codes: issuer_not_available, reenter_transaction",
  },
  issuer_generic: {
    ...REFUSED_INSTRUMENT,
    switch_provider: "if_portable",
    source: "Stripe docs, Decline codes: generic_decline; PayPal Orders v2: TRANSACTION_REFUSED",
  },
  issuer_refused: {
    ...REFUSED_INSTRUMENT,
    source: "Stripe docs, Decline codes: do_not_honor, transaction_not_allowed",
  },
  funds_limit: {
    ...REFUSED_INSTRUMENT,
    source: "Stripe docs, Decline codes: insufficient_funds, card_velocity_exceeded",
  },
  fix_data: { ...AFTER_EDIT, source: "Stripe docs, Decline codes: incorrect_cvc, invalid_expiry_year" },
  instrument_unusable: {
    ...REFUSED_INSTRUMENT,
    source: "Stripe docs, Decline codes: expired_card, restricted_card; PayPal Orders v2: CARD_EXPIRED",
  },
  unsupported_here: {
    ...REFUSED_BY_PROVIDER,
    switch_provider: "if_capable",
    another_instrument: true,
    source: "Stripe docs, Decline codes: card_not_supported, currency_not_supported",
  },
  never: {
    ...NEVER_AGAIN,
    source: "Stripe docs, Decline codes: lost_card, stolen_card, pickup_card (present as generic)",
  },
  risk: {
    ...REFUSED_INSTRUMENT,
    switch_provider: "opt_in",
    show: "generic",
    source:
      "Stripe docs, Decline codes: fraudulent (present as generic); Stripe orchestration: not after 3-D Secure",
  },
  compliance: {
    ...REFUSED_INSTRUMENT,
    another_instrument: false,
    alert_operator: true,
    then: "stop",
    source: "PayPal Orders v2: COMPLIANCE_VIOLATION",
  },
  reconcile: {
    ...REFUSED_INSTRUMENT,
    same_provider: "read_first",
    option_after: "keep",
    source: "Stripe docs, Decline codes: duplicate_transaction; PayPal Orders v2: ORDER_ALREADY_CAPTURED",
  },
  merchant_config: {
    ...REFUSED_BY_PROVIDER,
    alert_operator: true,
    source: "PayPal Orders v2: PAYEE_ACCOUNT_*, NOT_ENABLED_*, PERMISSION_DENIED",
  },
  session_expired: {
    ...REFUSED_INSTRUMENT,
    same_provider: "new_session",
    option_after: "keep",
    source: "PayPal Orders v2: ORDER_EXPIRED; a chain quote past its time",
  },
  unclassified: {
    ...REFUSED_INSTRUMENT,
    source: "Decline taxonomy: an unmapped code never retries by itself",
  },
} as const satisfies Record<DeclineCategory, RuleVerdict>;
