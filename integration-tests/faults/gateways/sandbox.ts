import { FAULT_PHASES } from "../../../src/providers/sandbox/bank/faults";
import type { Card, Gateway } from "./gateway";

/** Far from the end, whatever the clock is moved to. */
const EXPIRY = { exp_month: 12, exp_year: 99, cvc: "123" };

const token = (name: string) => ({ data: { token: name } });
const typed = (number: string) => ({ data: { card: { number, ...EXPIRY } } });

/** One page asks everything. */
const DECISIONS = {
  approve: { decision: "approve" },
  fail: { decision: "fail" },
  close: { decision: "close" },
  cancel: { decision: "cancel" },
  later: { decision: "later" },
};

const CARDS: readonly Card[] = [
  { weight: 30, name: "good card", ...token("tok_visa") },
  { weight: 8, name: "good typed card", ...typed("4242424242424242") },
  { weight: 3, name: "card that disputes", ...token("tok_dispute") },
  { weight: 3, name: "card whose refunds come back", ...token("tok_refund_fails") },
  ...[
    "generic_decline",
    "insufficient_funds",
    "lost_card",
    "expired_card",
    "incorrect_cvc",
    "processing_error",
    "issuer_not_available",
    "do_not_honor",
    "card_not_supported",
    "duplicate_transaction",
    "account_capability_missing",
    "compliance_violation",
    "payment_expired",
    "highest_risk_level",
    "unlisted_code",
  ].map((code) => ({ weight: 1.5, name: `card refused with ${code}`, ...token(`tok_${code}`) })),
  { weight: 2, name: "lost typed card", ...typed("4000000000009987") },
];

const SECURED_CARDS: readonly Card[] = [
  { weight: 6, name: "3-D Secure card", ...token("tok_three_d_secure") },
  { weight: 1, name: "3-D Secure card without money", ...token("tok_three_d_secure_insufficient_funds") },
  { weight: 1, name: "3-D Secure card that is refused", ...token("tok_three_d_secure_declined") },
  { weight: 1, name: "card that must be authenticated", ...token("tok_authentication_required") },
];

/** The sandbox bank, with the hand of the tests inside it. */
export const sandbox: Gateway = {
  name: "sandbox",
  program: { script: "integration-tests/faults/server/bank.js", from: "build" },
  credentials: (account) => ({
    api_key: `api-key-of-${account}`,
    webhook_secret: `webhook-secret-of-${account}`,
  }),
  providerEntry: (account, { url, capture, timeout_ms }) => ({
    resolve: "./src/providers/sandbox",
    options: {
      bank_url: url,
      ...sandbox.credentials(account),
      capture,
      timeout_ms,
      connect_timeout_ms: timeout_ms,
    },
  }),
  keyAtBank: (_kind, idempotency_key) => idempotency_key,
  faults: {
    // All of them: whoever adds one has it tried here.
    phases: FAULT_PHASES,
    lost: ["reset_after", "malformed", "mistyped"],
    operation: (asked) => asked,
  },
  methodId: (method) => method,
  instruments: {
    good: token("tok_visa"),
    cards: CARDS,
    secured_cards: SECURED_CARDS,
    redirect: () => ({}),
    in_browser: [],
    wallet: () => [{}, token("tok_visa"), token("tok_insufficient_funds")],
    medusa: ["tok_visa", "tok_visa", "tok_generic_decline"].map((name) => ({ name, ...token(name) })),
  },
  decisions: { three_d_secure: DECISIONS, bank_page: DECISIONS },
  event_types: [
    "payment.authorized",
    "payment.captured",
    "payment.declined",
    "payment.canceled",
    "payment.refunded",
    "payment.disputed",
    "something.nobody.knows",
  ],
  webhooks_can_be_altered: false,
  operators_return_after_ms: [0],
};
