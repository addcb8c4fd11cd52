import type { DeclineCategory } from "../../gateway/declines";
import type { RecoveryRule } from "./types";
import { AFTER_EDIT, NEVER_AGAIN, REFUSED_INSTRUMENT } from "./verdicts";

const VISA = "Visa Core Rules, authorization reattempts, category 1: the issuer will never approve";
const MASTERCARD =
  "Mastercard merchant advice codes; PayPal docs, payment_advice_code (the same numbers passed on)";
const STRIPE = "Stripe docs, Declines: advice_code";

/** Refusals that "try later" says nothing new about, save that later is not now. It must not undo a 3-D Secure step. */
const REFUSED_FOR_NOW: readonly DeclineCategory[] = [
  "issuer_generic",
  "issuer_refused",
  "funds_limit",
  "unclassified",
];

/**
 * What networks and gateways advise, and the few codes that mean more than their category. The networks' rows are
 * ceilings: no setting goes beyond them. The contract does not tell a card's brand, so a Visa code holds for every
 * card that carries it, which errs on the side of not sending it again.
 */
export const ADVICE_RULES: readonly RecoveryRule[] = [
  {
    id: "network.visa_category_1",
    layer: "network_advice",
    match: { network_codes: ["04", "07", "12", "41", "43", "46", "57", "R0", "R1", "R3"] },
    ...NEVER_AGAIN,
    source: VISA,
  },
  {
    // No such number: never again as it is, but a mistyped digit can be put right.
    id: "network.visa_category_1_no_such_card",
    layer: "network_advice",
    match: { network_codes: ["14", "15"] },
    ...AFTER_EDIT,
    never_again_same_instrument: true,
    source: VISA,
  },
  {
    id: "network.advice_never_again",
    layer: "network_advice",
    match: { advice_codes: ["03", "21"] },
    ...NEVER_AGAIN,
    source: MASTERCARD,
  },
  {
    id: "network.advice_new_account_information",
    layer: "network_advice",
    match: { advice_codes: ["01"] },
    ...REFUSED_INSTRUMENT,
    source: MASTERCARD,
  },
  {
    id: "network.advice_try_later",
    layer: "network_advice",
    match: { advice_codes: ["02"], categories: REFUSED_FOR_NOW },
    ...REFUSED_INSTRUMENT,
    source: MASTERCARD,
  },
  {
    id: "advice.do_not_try_again",
    layer: "gateway_advice",
    match: { advice_codes: ["do_not_try_again"] },
    ...NEVER_AGAIN,
    source: STRIPE,
  },
  {
    id: "advice.confirm_card_data",
    layer: "gateway_advice",
    match: { advice_codes: ["confirm_card_data"] },
    ...AFTER_EDIT,
    source: STRIPE,
  },
  {
    id: "advice.try_again_later",
    layer: "gateway_advice",
    match: { advice_codes: ["try_again_later"], categories: REFUSED_FOR_NOW },
    ...REFUSED_INSTRUMENT,
    source: STRIPE,
  },
  {
    // The account cannot pay: the method is out for this cart, not only one card in it.
    id: "code.payer_cannot_pay",
    layer: "decline_code",
    match: { codes: ["PAYER_CANNOT_PAY", "PAYER_ACCOUNT_RESTRICTED", "PAYER_ACCOUNT_LOCKED_OR_CLOSED"] },
    ...NEVER_AGAIN,
    another_instrument: false,
    source: "PayPal Orders v2, issues",
  },
  {
    // The buyer picks other funding inside PayPal, so the option itself stays.
    id: "code.choose_other_funding",
    layer: "decline_code",
    match: { codes: ["INSTRUMENT_DECLINED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"] },
    ...REFUSED_INSTRUMENT,
    option_after: "keep",
    source: "PayPal docs, Handle funding failures",
  },
];
