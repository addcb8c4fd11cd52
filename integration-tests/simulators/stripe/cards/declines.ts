/** What the issuer says when it refuses (docs: Decline codes, Test your integration: Declined payments). */
export type Decline = Readonly<{
  code: string;
  decline_code?: string;
  message: string;
  param?: string;
  advice_code?: "confirm_card_data" | "do_not_try_again" | "try_again_later";
  network_decline_code?: string;
  network_advice_code?: string;
}>;

const DECLINED = "Your card was declined.";

/** Network codes are ISO 8583 response codes as Visa and Mastercard use them. */
export const DECLINES = {
  generic_decline: declined("generic_decline", DECLINED, { network_decline_code: "05" }),
  do_not_honor: declined("do_not_honor", DECLINED, { network_decline_code: "05" }),
  insufficient_funds: declined("insufficient_funds", "Your card has insufficient funds.", {
    advice_code: "try_again_later",
    network_decline_code: "51",
  }),
  lost_card: declined("lost_card", DECLINED, { advice_code: "do_not_try_again", network_decline_code: "41" }),
  stolen_card: declined("stolen_card", DECLINED, {
    advice_code: "do_not_try_again",
    network_decline_code: "43",
  }),
  do_not_try_again: declined("do_not_try_again", DECLINED, {
    advice_code: "do_not_try_again",
    network_decline_code: "05",
    network_advice_code: "03",
  }),
  fraudulent: declined("fraudulent", DECLINED),
  card_velocity_exceeded: declined(
    "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    { network_decline_code: "65" },
  ),
  issuer_not_available: declined("issuer_not_available", DECLINED, { network_decline_code: "91" }),
  try_again_later: declined("try_again_later", DECLINED, { advice_code: "try_again_later" }),
  expired_card: {
    code: "expired_card",
    message: "Your card has expired.",
    param: "exp_month",
    network_decline_code: "54",
  },
  incorrect_cvc: {
    code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    param: "cvc",
    advice_code: "confirm_card_data",
    network_decline_code: "N7",
  },
  processing_error: {
    code: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
  incorrect_number: { code: "incorrect_number", message: "Your card number is incorrect.", param: "number" },
  authentication_required: {
    code: "authentication_required",
    decline_code: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
    network_decline_code: "1A",
  },
  authentication_not_handled: {
    code: "authentication_required",
    decline_code: "authentication_not_handled",
    message:
      "This payment required an authentication action to complete, but `error_on_requires_action` was set. When " +
      "you're ready to collect authentication, confirm without it.",
  },
  bank_debit_failed: {
    code: "debit_not_authorized",
    message: "The debit was not authorized by the customer's bank.",
  },
  provider_declined: {
    code: "payment_method_provider_decline",
    message: "The payment was declined by the payment method's provider.",
  },
} as const satisfies Record<string, Decline>;

export type DeclineName = keyof typeof DECLINES;

function declined(decline_code: string, message: string, more: Partial<Decline> = {}): Decline {
  return { code: "card_declined", decline_code, message, ...more };
}
