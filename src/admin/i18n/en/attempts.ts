/** A payment's attempts, on its order's page and its own. */
export const attempts = {
  title: "Payment attempts",
  empty: "No attempt was recorded. Payments made before Tender was installed are not listed here.",
  error: "The payment attempts could not be loaded.",
  retry: "Try again",
  fallback: "Took over from attempt {{number}}",
  reference: "Reference at the gateway",
  code: "Code",
  network_code: "Network code",
  advice_code: "Advice",
  rule: "Rule",
  operations: "Calls to the gateway",
  no_operations: "The gateway was never asked.",
  still_running: "Not answered yet",
};
