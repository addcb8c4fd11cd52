import { DECLINES, type Decline } from "./declines";

/** When the issuer asks for 3-D Secure (docs: Test your integration, 3D Secure authentication). */
export type Authentication =
  /** It does not, but will when the merchant asks. */
  | "optional"
  /** On every payment, set up or not. */
  | "always"
  /** With the shopper present, and off-session until the card has been set up. */
  | "unless_set_up"
  /** With the shopper present only; it counts as set up from the start. */
  | "already_set_up"
  /** It must, but the lookup of its page fails. */
  | "lookup_fails"
  /** It refuses without, and is passed when the merchant asks for it. */
  | "demanded";

export type TestCard = Readonly<{
  number: string;
  /** The `<name>` of `pm_card_<name>` and `tok_<name>`. */
  name: string;
  brand: string;
  funding: "credit" | "debit";
  country: string;
  authentication?: Authentication;
  /** How a charge ends; approved when left out. */
  decline?: Decline;
  /** A declining card cannot be saved either; this one can. */
  attaches?: true;
  /** How its refunds end; at once and well when left out. */
  refund?: "fails_later" | "succeeds_later";
  /** Its charges are disputed at once, for this reason. */
  dispute?: "fraudulent" | "product_not_received";
  /** It cannot be captured several times. */
  single_capture?: true;
}>;

/** Docs: Test your integration. */
export const TEST_CARDS: readonly TestCard[] = [
  card("visa", "4242424242424242"),
  card("visa_debit", "4000056655665556", { funding: "debit" }),
  card("mastercard", "5555555555554444", { brand: "mastercard" }),
  card("mastercard_prepaid", "5105105105105100", { brand: "mastercard" }),
  card("amex", "378282246310005", { brand: "amex" }),
  card("discover", "6011111111111117", { brand: "discover" }),
  card("diners", "3056930009020004", { brand: "diners", single_capture: true }),
  card("jcb", "3566002020360505", { brand: "jcb", single_capture: true }),
  card("unionpay", "6200000000000005", { brand: "unionpay", single_capture: true }),

  card("chargeDeclined", "4000000000000002", { decline: DECLINES.generic_decline }),
  card("visa_chargeDeclined", "4000000000000002", { decline: DECLINES.generic_decline }),
  card("chargeDeclinedInsufficientFunds", "4000000000009995", { decline: DECLINES.insufficient_funds }),
  card("visa_chargeDeclinedInsufficientFunds", "4000000000009995", { decline: DECLINES.insufficient_funds }),
  card("visa_chargeDeclinedLostCard", "4000000000009987", { decline: DECLINES.lost_card }),
  card("visa_chargeDeclinedStolenCard", "4000000000009979", { decline: DECLINES.stolen_card }),
  card("chargeDeclinedExpiredCard", "4000000000000069", { decline: DECLINES.expired_card }),
  card("chargeDeclinedIncorrectCvc", "4000000000000127", { decline: DECLINES.incorrect_cvc }),
  card("chargeDeclinedProcessingError", "4000000000000119", { decline: DECLINES.processing_error }),
  card("visa_chargeDeclinedVelocityLimitExceeded", "4000000000006975", {
    decline: DECLINES.card_velocity_exceeded,
  }),
  card("chargeDeclinedFraudulent", "4100000000000019", { decline: DECLINES.fraudulent }),
  card("incorrectNumber", "4242424242424241", { decline: DECLINES.incorrect_number }),
  card("chargeCustomerFail", "4000000000000341", { decline: DECLINES.generic_decline, attaches: true }),

  card("authenticationRequired", "4000002760003184", { authentication: "always", country: "DE" }),
  card("authenticationRequiredOnSetup", "4000002500003155", {
    authentication: "unless_set_up",
    country: "FR",
  }),
  card("authenticationRequiredSetupForOffSession", "4000003800000446", {
    authentication: "already_set_up",
    country: "GB",
  }),
  card("authenticationRequiredChargeDeclinedInsufficientFunds", "4000008260003178", {
    authentication: "always",
    decline: DECLINES.insufficient_funds,
    country: "GB",
  }),
  card("threeDSecure2Required", "4000000000003220", { authentication: "always" }),
  card("threeDSecureRequired", "4000000000003063", { authentication: "always" }),
  card("threeDSecureRequiredChargeDeclined", "4000008400001629", {
    authentication: "always",
    decline: DECLINES.generic_decline,
  }),
  card("threeDSecureRequiredProcessingError", "4000008400001280", { authentication: "lookup_fails" }),
  card("threeDSecureOptional", "4000000000003055", { authentication: "optional" }),

  card("createDispute", "4000000000000259", { dispute: "fraudulent" }),
  card("createDisputeProductNotReceived", "4000000000002685", { dispute: "product_not_received" }),
  card("refundFail", "4000000000005126", { refund: "fails_later" }),
  card("pendingRefund", "4000000000007726", { refund: "succeeds_later" }),

  // Stripe publishes no card for these refusals; the numbers are this simulator's.
  card("simulatorDoNotHonor", "4000009990000021", { decline: DECLINES.do_not_honor }),
  card("simulatorDoNotTryAgain", "4000009990000088", { decline: DECLINES.do_not_try_again }),
  card("simulatorIssuerNotAvailable", "4000009990000013", { decline: DECLINES.issuer_not_available }),
  card("simulatorTryAgainLater", "4000009990000104", { decline: DECLINES.try_again_later }),
  card("simulatorAuthenticationDemanded", "4000009990000096", { authentication: "demanded" }),
];

const BY_NAME = new Map(TEST_CARDS.map((row) => [row.name, row]));
const BY_NUMBER = new Map([...TEST_CARDS].reverse().map((row) => [row.number, row]));

/**
 * @param id a `pm_card_…` or `tok_…` of Stripe's documentation, or this simulator's `pm_card_declined_<decline code>`,
 * which is refused with that code
 */
export function cardByTestId(id: string): TestCard | undefined {
  const name = /^(?:pm_card_|tok_)(\w+)$/.exec(id)?.[1];
  const decline_code = name === undefined ? undefined : /^declined_(\w+)$/.exec(name)?.[1];
  if (name === undefined || decline_code === undefined) {
    return BY_NAME.get(name ?? "");
  }
  const decline = { code: "card_declined", decline_code, message: "Your card was declined." };
  return { ...card(name, "4000009990000120"), decline };
}

/** @param number digits only */
export function cardByNumber(number: string): TestCard | undefined {
  return BY_NUMBER.get(number);
}

function card(name: string, number: string, more: Partial<TestCard> = {}): TestCard {
  return { name, number, brand: "visa", funding: "credit", country: "US", ...more };
}
