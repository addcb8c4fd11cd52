/** What a customer has saved at the gateways. */
export const saved_methods = {
  title: "Saved payment methods",
  empty: "This customer has saved no payment method. Customers with an account may save one while they pay.",
  unreachable: "These could not be asked just now, so something may be missing: {{providers}}.",
  expires: "Expires",
  expired: "Expired",
  remove: "Remove",
  remove_one: "Remove {{method}}",
  remove_title: "Remove {{method}}?",
  remove_text:
    "The gateway forgets it, and the customer cannot pay with it any more until they save it again. This cannot be taken back.",
  removed_toast: "{{method}} was removed.",
};
