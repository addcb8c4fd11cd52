/** Every text of the checkout. The other languages have the same keys; the compiler sees to it. */
export const en = {
  "language.name": "English",
  "language.switch": "Language",
  "page.title": "Checkout",
  "page.loading": "Loading your order",

  "summary.title": "Order summary",
  "summary.show": "Show order summary",
  "summary.hide": "Hide order summary",
  "summary.quantity": "Quantity {count}",
  "summary.subtotal": "Subtotal",
  "summary.discount": "Discount",
  "summary.shipping": "Shipping",
  "summary.tax": "Taxes",
  "summary.credit": "Gift cards and credit",
  "summary.total": "Total",
  "summary.contact": "Email",
  "summary.ship_to": "Ship to",

  "options.title": "Payment",
  "options.legend": "Choose how to pay",
  "options.express": "Express checkout",
  "options.or_pay_another_way": "or pay another way",
  "options.none.title": "This order cannot be paid online right now",
  "options.none.body":
    "Nothing was charged. Your cart is kept. Please contact the store to finish your order.",
  "options.redirect_help":
    "You continue on a secure page to approve the payment, then come back here. Nothing is charged before you approve it there.",
  "options.sheet_help": "A payment sheet opens for you to approve {amount}.",

  "saved.legend": "Your saved payment methods",
  "saved.card": "Saved payment method",
  "saved.ending": "{brand} ending in {last4}",
  "saved.expires": "Expires {date}",
  "saved.another": "Use another card or account",
  "saved.late": "Use a saved payment method",
  "saved.late_announced": "Your saved payment methods can now be chosen above the form.",
  "saved.account": "Your saved {method} account",

  "save.card": "Save this card for next time",
  "save.card_help":
    "The payment service keeps the card for your next orders. This store never keeps its number.",
  "save.account": "Save {method} for next time",
  "save.account_help":
    "The payment service keeps your account for your next orders. This store keeps neither your login nor a card number.",

  "form.loading": "Loading the payment form",
  "form.unavailable":
    "This form could not be loaded. Nothing was charged. Please check your connection, or allow this page in your ad blocker.",
  "form.button_unavailable":
    "The button of this payment service could not be loaded, perhaps because of an ad blocker. You can still pay here without it.",
  "form.button_help":
    "The payment service opens for you to approve {amount}. Nothing is charged before you approve it there.",
  "form.not_offered":
    "The payment service does not offer this way to pay for this order or on this device. Nothing was charged.",
  "form.other_ways": "You can also choose another way to pay.",
  "form.try_again": "Load the form again",
  "panel.unavailable.title": "Your payment could not be shown",
  "panel.unavailable.body":
    "Please check your connection. If you have paid already, do not pay again: the store knows of it by itself.",

  "free.title": "Nothing to pay",
  "free.body": "The total is zero. Place your order, and you are done.",
  "free.place": "Place order",
  "free.placing": "Placing your order",

  "pay.button": "Pay {amount}",
  "pay.place_order": "Place order for {amount}",
  "pay.working": "Processing your payment",
  "pay.safe": "Your payment details are used for this payment only. The store does not keep them.",
  "pay.safe_saved":
    "Your payment details are kept by the payment service only. The store does not keep them.",

  "card.number": "Card number",
  "card.expiry": "Expiry date",
  "card.expiry_format": "MM / YY",
  "card.cvc": "Security code",
  "card.cvc_help": "3 or 4 digits on the card",
  "card.test_mode": "Test mode: no real money moves.",
  "card.test_mode_number": "Test mode: no real money moves. Try card {number}.",
  "card.error.number_missing": "Enter the card number.",
  "card.error.number_wrong": "This card number has a typing mistake. Please check it.",
  "card.error.expiry_missing": "Enter the expiry date as month and year.",
  "card.error.expiry_past": "This date is in the past. Please check it or use another card.",
  "card.error.cvc_missing": "Enter the security code.",
  "card.error.cvc_short": "The security code has {count} digits on this card.",

  "sheet.simulated": "Simulated for testing",
  "sheet.explain":
    "This sheet stands in for the real {wallet}. No real wallet is opened and no real money moves.",
  "sheet.account": "Pay with",
  "sheet.account_value": "Test card •••• 4242",
  "sheet.total": "Total",
  "sheet.cancel": "Cancel",

  "step_up.title": "Your bank wants to confirm it is you",
  "step_up.body":
    "We will take you to your bank’s secure page to approve {amount}. Afterwards you come back here automatically. If you close that page, nothing is charged and your cart stays as it is.",
  "step_up.continue": "Continue to your bank",
  "step_up.back": "Choose another way to pay",
  "acting.title": "Please confirm it is you",
  "acting.body":
    "Your bank asks you in a window on this page. Nothing is charged before you approve it there. This page moves on automatically.",
  "acting.takes_long": "Do you not see a window? You can go back to the ways to pay.",
  "leaving.title": "Taking you to the secure page",
  "leaving.body": "This takes a moment. You come back here afterwards.",
  "leaving.takes_long": "Did the page not open? Nothing is charged before you approve it there.",

  "declined.nothing_charged": "Nothing was charged. Try another way:",
  "declined.nothing_charged_retry": "Nothing was charged. You can try again:",
  "declined.nothing_charged_stop":
    "Nothing was charged. Your cart is kept. Please contact the store to finish your order.",
  "declined.another_card": "Use a different card",
  "declined.fix_card": "Correct the card details",
  "declined.same_card": "Try this card again",
  "declined.again": "Try {method} again",
  "declined.look_again": "Check again",
  "declined.alternatives": "Other ways to pay",

  "checking.title": "We are confirming with your bank",
  "checking.body": "Do not pay again. This page moves on automatically as soon as we know.",
  "checking.keep": "You can close this page and come back with the same link.",
  "checking.progress": "Waiting for your bank",
  "checking.another_way": "Pay another way",
  "checking.another_way_help":
    "It is taking longer than usual. If you pay another way and the first payment still arrives, it is returned to you in full.",

  "done.title": "Thank you, your order is placed",
  "done.awaited.title": "Your order is placed and waits for its payment",
  "done.overdue.title": "Your order was not paid in time",
  "done.order_number": "Order number",
  "done.paid": "Paid",
  "done.paid_with": "Paid with",
  "done.payment": "Payment",
  "done.email": "Email",
  "store.back": "Back to the store",
  "done.without_number.title": "This order is already placed",
  "done.without_number.body": "There is nothing more to pay.",

  "blocked.not_found.title": "This checkout link does not work",
  "blocked.not_found.body":
    "The cart may have been emptied or the link is incomplete. Nothing was charged. Please go back to the store and open the checkout again.",
  "blocked.unreachable.title": "The store cannot be reached",
  "blocked.unreachable.body": "Please check your connection. Your cart is kept.",
  "blocked.limited.title": "Too many tries for this cart",
  "blocked.limited.body":
    "Nothing was charged by the last try. Please contact the store to finish your order.",
  "blocked.wait.title": "Too many tries in a short time",
  "blocked.wait.body":
    "Nothing was charged now and your cart is kept. You can try again {when}, or contact the store.",
  "blocked.wait.over": "You can try again now. Your cart is kept.",
  "blocked.failed.title": "The checkout cannot be opened",
  "blocked.failed.body":
    "Something is not set up right in the store. Nothing was charged. Please try again later or contact the store.",
  "blocked.retry": "Try again",

  "notice.unreachable_nothing_charged":
    "The store could not be reached. Nothing was charged. Please try again.",
  "notice.lost_nothing_charged":
    "The connection was lost before the payment was made. Nothing was charged. Please try again.",
  "notice.step_up_unfinished":
    "The page was closed before the payment was approved. Nothing was charged. Try again or choose another way.",
  "notice.form_failed":
    "The payment service could not take this payment just now. Nothing was charged. Please try again or choose another way to pay.",
  "notice.details_again":
    "The payment service could not be reached, and another one has taken its place. Nothing was charged. Please enter your details once more or choose another way to pay.",
  "notice.payment_failed": "The payment did not go through. Nothing was charged. Please choose how to go on.",
  "notice.option_gone":
    "This way of paying is no longer available for your cart. Nothing was charged. Please choose another one.",
  "notice.total_changed":
    "Your total has changed to {amount}. Nothing was charged. Please check it and pay again.",
  "notice.cart_incomplete":
    "Something is still missing in your cart, such as how it is shipped. Nothing was charged. Please complete it in the store.",
  "notice.item_unavailable":
    "Something in your cart is no longer available. Nothing was charged. Please change your cart in the store.",
  "notice.payment_returned":
    "Your payment was approved, but the order could not be placed. The payment is returned to you in full. You can try again or contact the store.",
  "notice.first_payment_returned":
    "You can pay another way now. Should the first payment still arrive, it pays this order if nothing else has, and is returned in full otherwise.",
  "notice.order_not_placed":
    "Your order could not be placed. Nothing was charged. Please check your cart in the store, or try again.",
  "notice.order_not_answered":
    "The store did not answer. Please press the button again: your order is placed only once.",

  "announce.paying": "Processing your payment. Please wait.",
  "announce.placing": "Placing your order. Please wait.",
} as const;

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;
