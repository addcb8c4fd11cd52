import type Stripe from "stripe";
import type { Decline, DeclineCategory, KnownDecline } from "../../gateway/declines";
import { CATEGORY_OF_ERROR_CODE, type ErrorCode } from "./error-codes";
import type { KnownOf } from "./known";

type Row = Readonly<{ category: DeclineCategory; source: string }>;

const DECLINES = "Stripe docs: Decline codes";
const RADAR = "Stripe docs: Declines, blocked payments";
const ERRORS = "Stripe docs: Error codes";

/**
 * What the issuer or Stripe refuses a payment for (`decline_code`). The SDK has no type of them: the list is that of
 * stripe-go's `error.go`. Error codes, which the SDK has a type of, are in `error-codes.ts`.
 */
export const DECLINE_TABLE = {
  authentication_required: row("authenticate"),
  authentication_not_handled: row("authenticate"),

  processing_error: row("provider_transient"),
  try_again_later: row("provider_transient"),

  issuer_not_available: row("issuer_transient"),
  reenter_transaction: row("issuer_transient"),
  approve_with_id: row("issuer_transient"),

  generic_decline: row("issuer_generic"),
  call_issuer: row("issuer_generic"),

  do_not_honor: row("issuer_refused"),
  no_action_taken: row("issuer_refused"),
  transaction_not_allowed: row("issuer_refused"),
  service_not_allowed: row("issuer_refused"),
  not_permitted: row("issuer_refused"),

  insufficient_funds: row("funds_limit"),
  card_velocity_exceeded: row("funds_limit"),
  withdrawal_count_limit_exceeded: row("funds_limit"),
  // Next step by Stripe: if the amount looks right, the customer checks the limit with the issuer.
  invalid_amount: row("funds_limit"),

  incorrect_address: row("fix_data"),
  incorrect_cvc: row("fix_data"),
  incorrect_number: row("fix_data"),
  incorrect_pin: row("fix_data"),
  incorrect_zip: row("fix_data"),
  invalid_cvc: row("fix_data"),
  invalid_expiry_month: row("fix_data"),
  invalid_expiry_year: row("fix_data"),
  invalid_number: row("fix_data"),
  invalid_pin: row("fix_data"),
  // Next step by Stripe: a genuine card in live mode, a test card in test mode.
  testmode_decline: row("fix_data"),

  expired_card: row("instrument_unusable"),
  invalid_account: row("instrument_unusable"),
  new_account_information_available: row("instrument_unusable"),
  pin_try_exceeded: row("instrument_unusable"),
  restricted_card: row("instrument_unusable"),

  card_not_supported: row("unsupported_here"),
  currency_not_supported: row("unsupported_here"),
  // A PIN can be given to a card reader only, which a web shop is not.
  offline_pin_required: row("unsupported_here"),
  online_or_offline_pin_required: row("unsupported_here"),

  do_not_try_again: row("never"),
  lost_card: row("never"),
  pickup_card: row("never"),
  revocation_of_all_authorizations: row("never"),
  revocation_of_authorization: row("never"),
  stolen_card: row("never"),
  stop_payment_order: row("never"),

  fraudulent: row("risk"),
  merchant_blacklist: row("risk"),
  security_violation: row("risk"),
  highest_risk_level: row("risk", RADAR),
  low_probability_of_authorization: row("risk", RADAR),

  duplicate_transaction: row("reconcile"),
} as const satisfies Record<string, Row>;

/** Both tables; the issuer's code goes before the error code of the same name, as in {@link declineOf}. */
export const KNOWN_DECLINES: readonly KnownDecline[] = [
  ...Object.entries(DECLINE_TABLE).map(([code, known]) => ({ code, ...known })),
  ...Object.entries(CATEGORY_OF_ERROR_CODE)
    .filter(([code]) => !isDeclineCode(code))
    .map(([code, category]) => ({ code, category, source: ERRORS })),
];

/** Advice of the card networks that says more than Stripe's own (Mastercard merchant advice codes). */
const NETWORK_ADVICE: readonly string[] = ["01", "02", "03", "21"];

/** Stripe's own advice. The type sees to it that a new one is looked at. */
const GATEWAY_ADVICE: Readonly<Record<KnownOf<Stripe.Charge.Outcome.AdviceCode>, true>> = {
  confirm_card_data: true,
  do_not_try_again: true,
  try_again_later: true,
};

/** What Stripe says of a refusal, in a payment's last error or with a 402. */
export type Refusal = Readonly<{
  code?: string | null;
  decline_code?: string | null;
  advice_code?: string | null;
  network_advice_code?: string | null;
  network_decline_code?: string | null;
}>;

/**
 * The refusal in the contract's words. The issuer's reason goes before Stripe's error code; a code without a row is
 * `unclassified`, which is never retried by itself.
 */
export function declineOf(refusal: Refusal): Decline {
  const { code, decline_code, network_decline_code } = refusal;
  const advice_code = adviceIn(refusal);
  const known = decline_code ?? code ?? "card_declined";
  return {
    category: categoryOf(known),
    code: known,
    ...(network_decline_code && { network_code: network_decline_code }),
    ...(advice_code && { advice_code }),
  };
}

function categoryOf(code: string): DeclineCategory {
  if (isDeclineCode(code)) {
    return DECLINE_TABLE[code].category;
  }
  return isErrorCode(code) ? CATEGORY_OF_ERROR_CODE[code] : "unclassified";
}

function adviceIn({ network_advice_code, advice_code }: Refusal): string | undefined {
  if (network_advice_code && NETWORK_ADVICE.includes(network_advice_code)) {
    return network_advice_code;
  }
  return advice_code && Object.hasOwn(GATEWAY_ADVICE, advice_code) ? advice_code : undefined;
}

function isDeclineCode(code: string): code is keyof typeof DECLINE_TABLE {
  return Object.hasOwn(DECLINE_TABLE, code);
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(CATEGORY_OF_ERROR_CODE, code);
}

function row(category: DeclineCategory, source = DECLINES): Row {
  return { category, source };
}
