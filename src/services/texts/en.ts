import type { Texts } from "./types";

export const en: Texts = {
  methods: {
    card: { title: "Card", description: "Credit or debit card" },
    apple_pay: { title: "Apple Pay", description: "Pay with a card in your Apple Wallet" },
    google_pay: { title: "Google Pay", description: "Pay with a card in your Google account" },
    bank_redirect: { title: "Bank transfer", description: "You confirm the payment on your bank's page" },
    paypal: { title: "PayPal", description: "Pay with your PayPal account" },
    pay_later: { title: "Pay later with PayPal", description: "Split the payment into instalments" },
    venmo: { title: "Venmo", description: "Pay with your Venmo account" },
    link: { title: "Link", description: "Pay with the details you saved with Link" },
    bitcoin: { title: "Bitcoin", description: "Send the amount from your Bitcoin wallet" },
    litecoin: { title: "Litecoin", description: "Send the amount from your Litecoin wallet" },
    pp_system_default: { title: "Pay later, arranged with the store", description: "You pay nothing now" },
  },
  declines: {
    authenticate: "Your bank wants you to confirm this payment.",
    provider_transient: "The payment service could not process this payment just now.",
    issuer_transient: "Your bank could not answer just now.",
    issuer_generic: "Your bank did not approve this payment.",
    issuer_refused: "Your bank does not allow this payment.",
    funds_limit: "Your bank did not approve this amount.",
    fix_data: "Some of the payment details do not match. Please check them.",
    instrument_unusable: "This card or account cannot be used right now.",
    unsupported_here: "This card or currency is not accepted here.",
    never: "Your bank did not approve this payment.",
    risk: "Your bank did not approve this payment.",
    compliance: "This payment cannot be accepted. Please contact the store.",
    reconcile: "This payment looked like one you made before, so it was refused.",
    merchant_config: "This way to pay is not available right now.",
    session_expired: "The time for this payment ran out. You can start again.",
    unclassified: "This payment did not go through.",
  },
  reasons: {
    card_number: "The card number does not look right. Please check it.",
    security_code: "The security code does not match the card. Please check it.",
    expiry_date: "The expiry date does not match the card. Please check it.",
    postal_code: "The billing address does not match the card. Please check it.",
    expired_card: "This card has expired.",
    insufficient_funds: "There is not enough money available on this card.",
    spending_limit: "This payment goes over the card's spending limit.",
    authentication_failed: "Your bank could not confirm that this payment is yours.",
  },
  problems: {
    cart_completed: "This cart has been paid already.",
    cart_total_changed: "The cart's total has changed. Please check the new amount before you pay.",
    payment_in_progress:
      "A payment for this cart is already under way. Please wait a moment before you try again.",
    payment_unknown: "We are still checking your last payment. Please do not pay again yet.",
    attempt_closed: "This payment can no longer be continued. Please choose again how to pay.",
    nothing_to_pay: "There is nothing to pay for this cart. Place the order without a payment.",
    cart_incomplete:
      "This cart cannot be ordered yet. Please check what is in it and choose how it is shipped. Nothing was charged.",
    item_unavailable:
      "Something in your cart is no longer available in this quantity. Please check your cart. Nothing was charged.",
    idempotency_mismatch: "This Idempotency-Key was used for another way to pay before.",
    attempts_used_up: "Too many payment attempts for this cart. Please contact the store.",
    method_unavailable:
      "This way to pay cannot be reached right now. Nothing was charged. Please choose another.",
    order_not_placed: "The order could not be placed with this payment. It is being returned to you.",
  },
  limits: {
    refused_payments:
      "Too many payments were refused in a short time. Nothing was charged now and your cart is kept. " +
      "You can try again {when}, or contact the store.",
    requests: "Too many requests in a short time. You can try again {when}.",
  },
  benefits: {
    free_shipping: "Free shipping",
    off_shipping: "{off} off shipping",
    discount: "A discount",
    off_goods: "{off} off",
  },
};
