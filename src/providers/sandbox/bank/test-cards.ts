import type { BankDecline } from "./records";

/** What the bank does with a card. */
export type Behaviour =
  | Readonly<{ type: "approve" }>
  | Readonly<{ type: "decline"; decline: BankDecline }>
  | Readonly<{
      type: "three_d_secure";
      /** True when a card that was saved before needs no second proof. */
      unless_saved: boolean;
      /** What the issuer says once the shopper has proved who they are. */
      then: Readonly<{ type: "approve" }> | Readonly<{ type: "decline"; decline: BankDecline }>;
    }>;

export type TestCard = Readonly<{
  token: string;
  /** Cards without a number are reached by their token only. */
  number?: string;
  brand: string;
  behaviour: Behaviour;
  /** Refunds to it come back a little later. */
  refund_fails?: true;
  /** Its owner disputes every capture at once. */
  disputes?: true;
  /** Its issuer challenges the payer when the merchant asks for it, and approves once that is passed. */
  challenged_on_request?: true;
  /** It can be saved although it is then refused. */
  saved_despite_decline?: true;
  source: string;
}>;

const STRIPE = "Stripe docs: Testing";
const BANK = "this bank's own";
const approve = { type: "approve" } as const;

/**
 * What the issuer's refusal looks like per code. Codes are Stripe's (docs: Decline codes); network codes are
 * ISO 8583 response codes as the card networks publish them, given where one is generally used for the reason.
 */
export const DECLINES = {
  approve_with_id: { network_code: "08" },
  authentication_required: { network_code: "1A" },
  authentication_not_handled: {},
  call_issuer: { network_code: "01" },
  card_not_supported: {},
  card_velocity_exceeded: { network_code: "65" },
  currency_not_supported: {},
  do_not_honor: { network_code: "05" },
  do_not_try_again: { advice_code: "do_not_try_again" },
  duplicate_transaction: { network_code: "94" },
  expired_card: { network_code: "54" },
  fraudulent: { network_code: "59" },
  generic_decline: {},
  highest_risk_level: {},
  idempotency_key_in_use: {},
  incorrect_address: {},
  incorrect_cvc: { network_code: "82" },
  incorrect_number: { network_code: "14" },
  incorrect_pin: { network_code: "55" },
  incorrect_zip: {},
  insufficient_funds: { network_code: "51" },
  invalid_account: { network_code: "14" },
  invalid_amount: { network_code: "13" },
  invalid_cvc: {},
  invalid_expiry_month: {},
  invalid_expiry_year: {},
  invalid_number: {},
  invalid_pin: {},
  issuer_not_available: { network_code: "91" },
  lock_timeout: {},
  lost_card: { network_code: "41", advice_code: "do_not_try_again" },
  merchant_blacklist: {},
  new_account_information_available: {},
  no_action_taken: { network_code: "21" },
  not_permitted: { network_code: "57" },
  offline_pin_required: {},
  online_or_offline_pin_required: {},
  pickup_card: { network_code: "04", advice_code: "do_not_try_again" },
  pin_try_exceeded: { network_code: "75" },
  processing_error: { network_code: "96" },
  rate_limit: {},
  reenter_transaction: { network_code: "19" },
  restricted_card: { network_code: "62" },
  revocation_of_all_authorizations: { network_code: "R1", advice_code: "do_not_try_again" },
  revocation_of_authorization: { network_code: "R0", advice_code: "do_not_try_again" },
  security_violation: { network_code: "63" },
  service_not_allowed: {},
  stolen_card: { network_code: "43", advice_code: "do_not_try_again" },
  stop_payment_order: { network_code: "R0", advice_code: "do_not_try_again" },
  testmode_decline: {},
  transaction_not_allowed: { network_code: "57" },
  try_again_later: {},
  withdrawal_count_limit_exceeded: { network_code: "65" },
  // The rest are this bank's own words, for refusals no Stripe code stands for.
  account_capability_missing: {},
  canceled_by_payer: {},
  compliance_violation: {},
  payment_expired: {},
} as const satisfies Record<string, Omit<BankDecline, "code">>;

export type BankDeclineCode = keyof typeof DECLINES;

/** The refusal for one of the bank's codes. */
export function declineFor(code: BankDeclineCode): BankDecline {
  return { code, ...DECLINES[code] };
}

const CARDS: readonly TestCard[] = [
  good("tok_visa", "4242424242424242", "visa"),
  good("tok_visa_debit", "4000056655665556", "visa"),
  good("tok_mastercard", "5555555555554444", "mastercard"),
  good("tok_amex", "378282246310005", "amex"),
  good("tok_discover", "6011111111111117", "discover"),
  good("tok_diners", "3056930009020004", "diners"),
  good("tok_jcb", "3566002020360505", "jcb"),
  good("tok_unionpay", "6200000000000005", "unionpay"),

  refused("generic_decline", "4000000000000002", STRIPE),
  refused("insufficient_funds", "4000000000009995", STRIPE),
  refused("lost_card", "4000000000009987", STRIPE),
  refused("stolen_card", "4000000000009979", STRIPE),
  refused("expired_card", "4000000000000069", STRIPE),
  refused("incorrect_cvc", "4000000000000127", STRIPE),
  refused("processing_error", "4000000000000119", STRIPE),
  refused("card_velocity_exceeded", "4000000000006975", STRIPE),
  refused("highest_risk_level", "4100000000000019", STRIPE),
  // Fails the check digit, so the bank refuses it before looking here; listed for its token.
  refused("incorrect_number", "4242424242424241", STRIPE),

  refused("issuer_not_available", "4000009990000013", BANK),
  refused("do_not_honor", "4000009990000021", BANK),
  refused("card_not_supported", "4000009990000039", BANK),
  refused("duplicate_transaction", "4000009990000047", BANK),
  refused("account_capability_missing", "4000009990000054", BANK),
  refused("compliance_violation", "4000009990000062", BANK),
  refused("payment_expired", "4000009990000070", BANK),
  refused("do_not_try_again", "4000009990000088", BANK),
  { ...refused("authentication_required", "4000009990000096", BANK), challenged_on_request: true },
  refused("restricted_card", "4000009990000104", BANK),
  // A code no table knows: what tomorrow's issuer may invent.
  visa(
    "tok_unlisted_code",
    "4000009990000112",
    { type: "decline", decline: { code: "unlisted_code" } },
    BANK,
  ),
  // Mastercard's merchant advice code 03: do not try again, on a refusal that says nothing else.
  {
    token: "tok_mastercard_advice_03",
    brand: "mastercard",
    behaviour: {
      type: "decline",
      decline: { code: "generic_decline", network_code: "05", advice_code: "03" },
    },
    source: "Mastercard: Merchant Advice Codes",
  },

  secured("tok_three_d_secure", "4000002760003184", {
    type: "three_d_secure",
    unless_saved: false,
    then: approve,
  }),
  secured("tok_three_d_secure_unless_saved", "4000002500003155", {
    type: "three_d_secure",
    unless_saved: true,
    then: approve,
  }),
  // Set up for charges without the shopper only; with the shopper present, as in all payments here, it asks.
  secured("tok_three_d_secure_set_up", "4000003800000446", {
    type: "three_d_secure",
    unless_saved: false,
    then: approve,
  }),
  secured("tok_three_d_secure_insufficient_funds", "4000008260003178", {
    type: "three_d_secure",
    unless_saved: false,
    then: { type: "decline", decline: declineFor("insufficient_funds") },
  }),
  secured("tok_three_d_secure_required", "4000000000003220", {
    type: "three_d_secure",
    unless_saved: false,
    then: approve,
  }),
  secured("tok_three_d_secure_declined", "4000008400001629", {
    type: "three_d_secure",
    unless_saved: false,
    then: { type: "decline", decline: declineFor("generic_decline") },
  }),
  // The lookup of the card's 3-D Secure page fails: refused without a challenge.
  secured("tok_three_d_secure_error", "4000008400001280", {
    type: "decline",
    decline: declineFor("processing_error"),
  }),
  { ...secured("tok_three_d_secure_optional", "4000000000003055", approve), challenged_on_request: true },

  {
    ...visa("tok_saved_then_declined", "4000000000000341", decline("generic_decline"), STRIPE),
    saved_despite_decline: true,
  },
  { ...good("tok_dispute", "4000000000000259", "visa"), disputes: true },
  { ...good("tok_refund_fails", "4000000000005126", "visa"), refund_fails: true },
];

const WITH_CARD = new Set(CARDS.map((card) => card.token));
const TOKENS: readonly TestCard[] = (Object.keys(DECLINES) as BankDeclineCode[])
  .filter((code) => !WITH_CARD.has(`tok_${code}`))
  .map((code) => ({ token: `tok_${code}`, brand: "visa", behaviour: decline(code), source: BANK }));

/** Every card and token the bank knows. Each code of {@link DECLINES} has a token `tok_<code>`. */
export const TEST_CARDS: readonly TestCard[] = [...CARDS, ...TOKENS];

const BY_TOKEN = new Map(TEST_CARDS.map((card) => [card.token, card]));
const BY_NUMBER = new Map(TEST_CARDS.flatMap((card) => (card.number ? [[card.number, card] as const] : [])));

export function cardByToken(token: string): TestCard | undefined {
  return BY_TOKEN.get(token);
}

/** @param number digits only */
export function cardByNumber(number: string): TestCard | undefined {
  return BY_NUMBER.get(number);
}

function visa(token: string, number: string, behaviour: Behaviour, source: string): TestCard {
  return { token, number, brand: "visa", behaviour, source };
}

function good(token: string, number: string, brand: string): TestCard {
  return { token, number, brand, behaviour: approve, source: STRIPE };
}

function refused(code: BankDeclineCode, number: string, source: string): TestCard {
  return visa(`tok_${code}`, number, decline(code), source);
}

function secured(token: string, number: string, behaviour: Behaviour): TestCard {
  return visa(token, number, behaviour, `${STRIPE}: 3D Secure`);
}

function decline(code: BankDeclineCode): Behaviour {
  return { type: "decline", decline: declineFor(code) };
}
