import type { FindingTexts } from "../findings/types";

export const findings_en: FindingTexts = {
  kinds: {
    amount_mismatch: {
      title: "Another amount than asked for",
      meaning: "The gateway reports another amount or currency for this payment than the store asked for.",
    },
    confirmed_at_old_amount: {
      title: "Approved at the old total",
      meaning: "The payment was approved after the cart's total had changed, so it was given back.",
    },
    provider_misconfigured: {
      title: "The provider refuses the store's settings",
      meaning:
        "The gateway does not accept the store's keys or its account's set-up, so nobody can pay with it.",
    },
    compliance_refusal: {
      title: "Refused for legal reasons",
      meaning: "The gateway refused this payment for a reason that the store's compliance has to look at.",
    },
    money_without_order: {
      title: "Money without an order",
      meaning: "The gateway holds or took money for which there is no order.",
    },
    outcome_unknown: {
      title: "Nobody knows what happened",
      meaning: "A call to the gateway got no answer, and repeated checks could not tell what came of it.",
    },
    late_money_adopted: {
      title: "Late payment became an order",
      meaning: "A payment turned up late while its cart still waited, and the order was placed with it.",
    },
    late_money_returned: {
      title: "Late payment given back",
      meaning: "A payment turned up after its cart no longer needed it, and was given back.",
    },
    order_not_covered: {
      title: "Order without its money",
      meaning: "An order's payment was canceled or lapsed at the gateway, so nothing covers the order.",
    },
    authorization_expiring: {
      title: "Reservation ends soon",
      meaning: "The money reserved for an order is let go soon unless it is captured before.",
    },
    dispute: {
      title: "Payment disputed",
      meaning: "The payer contests this payment at their bank and may get the money back.",
    },
    refund_failed: {
      title: "Refund came back",
      meaning: "A refund did not reach the shopper, and the money is with the store again.",
    },
    ledger_difference: {
      title: "Figures differ",
      meaning:
        "Medusa and the gateway report different sums for this payment, or its order still asks for refunded money.",
    },
    money_beyond: {
      title: "Money that no order stands for",
      meaning:
        "The payer sent more than was asked for, or too late, or only a part, which can be given back.",
    },
    payment_undone: {
      title: "A payment was undone",
      meaning: "What paid an order was taken back by its network, and is the store's no more.",
    },
    refund_waits: {
      title: "A refund waits for people",
      meaning: "The gateway cannot send this refund alone: its payee says where to, and you sign it.",
    },
    webhook_dead: {
      title: "Webhook given up",
      meaning: "A genuine message of the gateway could not be worked, however often it was tried.",
    },
    card_testing: {
      title: "Looks like stolen cards being tried",
      meaning: "Many carts had payments refused in a way that looks like somebody trying stolen cards.",
    },
  },
  actions: {
    retry_check: {
      title: "Check again",
      effect: "Reads the payment from the gateway and brings the store to what it says.",
    },
    adopt: {
      title: "Place the order",
      effect: "Places the cart's order with this payment, if the cart is unpaid and its total is the same.",
    },
    return_money: {
      title: "Give the money back",
      effect: "Refunds what was captured and lets go of what is reserved.",
    },
    replay_webhook: {
      title: "Work it again",
      effect: "Works the stored message once more.",
    },
    mark_resolved: {
      title: "Close with a note",
      effect: "Closes the finding; nothing is done at the gateway.",
    },
  },
  problems: {
    unknown_finding: "There is no such finding.",
    action_not_allowed: "A finding of the kind {kind} does not allow the action {action}.",
    note_missing: "Say in a note why the finding is closed.",
    not_rechecked: "A finding of the kind {kind} cannot be checked again.",
    not_readable: "{provider_id} is not installed, or another plugin's: its payments cannot be read.",
    not_compared: "The payment could not be compared: {reason}.",
    order_canceled: "Order {order_id}, which it paid, is canceled. Return the money instead.",
    no_money: "The payment is {status} at its gateway: there is no money to place an order with.",
    order_waits: "Medusa could not place the order just now. It is tried again; look again in a minute.",
    order_failed: "Medusa could not place the order, so the money is given back. The log says why.",
    no_cart: "The payment belongs to no cart that is known. Return the money instead.",
    given_up: "The payment was given up and can place no order any more. Return the money instead.",
    paid_otherwise: "The cart has been paid with another payment. Return the money instead.",
    total_differs: "The cart's total is not what was paid. Return the money instead.",
    in_use: "Somebody else is working on this payment. Try again in a minute.",
    paid_order: "The payment paid order {order_id}. Refund it there.",
    still_held: "The gateway still holds money of this payment. Look at it there.",
    no_payment: "This finding is about no payment of its own.",
    gateway_unavailable: "The gateway could not be reached. No money moved; try again later.",
    gateway_unknown:
      "The gateway gave no clear answer. The payment is read again before anything else; look again in a minute.",
    gateway_misconfigured: "The gateway does not accept the store's settings. No money moved.",
    gateway_half_done:
      "Money was given back, maybe not all of it; then the gateway could not be used any more. Try again later: what is left is given back then.",
  },
  deeds: {
    checked: "checked again: the payment is {status}",
    had_order: "order {order_id} was placed with it",
    placed_order: "placed order {order_id}",
    worked_again: "worked it again",
    returned: "gave the money back",
    closed_by_hand: "closed by hand",
    captured_or_gone: "It is captured, or no longer held.",
    over: "It is no longer so.",
    worked_in_the_end: "It was worked in the end.",
    records_agree: "Medusa's record and the gateway agree.",
    nothing_held: "The gateway holds nothing of it any more.",
    money_given_back: "The money was given back.",
    refund_not_asked: "The order does not ask for the refunded money.",
    canceled_order: "The order is canceled.",
    paid: "The order is paid.",
    refund_made: "The refund was made after all.",
  },
};
