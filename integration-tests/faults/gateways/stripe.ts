import path from "node:path";
import { FAULT_PHASES } from "../../simulators/stripe/http/faults";
import type { BankOperation, Card, ConfirmData, Gateway, Instrument } from "./gateway";

const EXPIRY = { "card[exp_month]": "12", "card[exp_year]": "2099", "card[cvc]": "123" };
/** Nobody answers there: the suite follows no redirect. */
const RETURN_URL = "http://localhost/checkout";
const FORM_PATIENCE_MS = 5_000;

const testCard = (name: string) => ({ data: { payment_method: `pm_card_${name}` } });
const typed = (number: string): Instrument => ({
  form: { type: "card", "card[number]": number, ...EXPIRY },
});

const CARDS: readonly Card[] = [
  { weight: 30, name: "good card", ...testCard("visa") },
  { weight: 8, name: "good typed card", ...typed("4242424242424242") },
  { weight: 6, name: "card that is captured once", ...testCard("jcb") },
  { weight: 3, name: "card that disputes", ...testCard("createDispute") },
  { weight: 8, name: "card whose refunds come back", ...testCard("refundFail") },
  { weight: 3, name: "card whose refunds take days", ...testCard("pendingRefund") },
  ...[
    "generic_decline",
    "insufficient_funds",
    "lost_card",
    "stolen_card",
    "do_not_honor",
    "try_again_later",
    "issuer_not_available",
    "card_not_supported",
    "duplicate_transaction",
    "fraudulent",
    "unlisted_code",
  ].map((code) => ({
    weight: 1.5,
    name: `card refused with ${code}`,
    ...testCard(`declined_${code}`),
  })),
  { weight: 1.5, name: "expired card", ...testCard("chargeDeclinedExpiredCard") },
  { weight: 1.5, name: "card with a wrong CVC", ...testCard("chargeDeclinedIncorrectCvc") },
  { weight: 1.5, name: "card that cannot be processed", ...testCard("chargeDeclinedProcessingError") },
  { weight: 2, name: "lost typed card", ...typed("4000000000009987") },
];

const SECURED_CARDS: readonly Card[] = [
  { weight: 6, name: "3-D Secure card", ...testCard("authenticationRequired") },
  {
    weight: 1,
    name: "3-D Secure card without money",
    ...testCard("authenticationRequiredChargeDeclinedInsufficientFunds"),
  },
  {
    weight: 1,
    name: "3-D Secure card that is refused",
    ...testCard("threeDSecureRequiredChargeDeclined"),
  },
  { weight: 1, name: "card that must be authenticated", ...testCard("simulatorAuthenticationDemanded") },
  { weight: 1, name: "card whose page cannot be found", ...testCard("threeDSecureRequiredProcessingError") },
];

const OPERATIONS: Readonly<Record<BankOperation, string>> = {
  create: "payment_intents.create",
  authorize: "payment_intents.confirm",
  capture: "payment_intents.capture",
  refund: "refunds.create",
  cancel: "payment_intents.cancel",
  retrieve: "payment_intents.retrieve",
  "*": "*",
};

/** Its page has two buttons. */
const DECISIONS = {
  approve: { decision: "approve" },
  fail: { decision: "fail" },
  close: null,
  cancel: { decision: "fail" },
  later: null,
};

/** Stripe, played by the simulator in `integration-tests/simulators/stripe`. */
export const stripe: Gateway = {
  name: "stripe",
  program: { script: path.resolve(__dirname, "../server/stripe-bank/main.ts"), from: "source" },
  credentials: (account) => ({
    api_key: `sk_test_${account}`,
    publishable_key: `pk_test_${account}`,
    webhook_secret: `whsec_of_${account}`,
  }),
  providerEntry: (account, { url, capture, timeout_ms }) => ({
    resolve: "./src/providers/stripe",
    options: {
      api_url: url,
      ...stripe.credentials(account),
      capture,
      methods: ["card", "apple_pay", "google_pay", "klarna", "alipay"],
      return_url: RETURN_URL,
      timeout_ms,
      connect_timeout_ms: timeout_ms,
    },
  }),
  keyAtBank: (_kind, idempotency_key) => idempotency_key,
  faults: {
    // All of them: whoever adds one has it tried here.
    phases: FAULT_PHASES,
    lost: ["reset_after", "malformed", "http_500_after", "http_502_html_after", "black_hole_after"],
    operation: (asked) => OPERATIONS[asked],
  },
  methodId: (method, lane) => (method === "bank_redirect" ? redirectIn(lane) : method),
  instruments: {
    good: testCard("visa"),
    cards: CARDS,
    secured_cards: SECURED_CARDS,
    redirect: (lane) => ({ form: { type: redirectIn(lane) } }),
    in_browser: [
      { weight: 6, name: "visa", method: "card" },
      { weight: 2, name: "jcb", method: "card" },
      { weight: 2, name: "chargeDeclined", method: "card" },
    ],
    wallet: (wallet) =>
      ["visa", "jcb", "visa_chargeDeclinedInsufficientFunds"].map((card) => testCard(`${card}__${wallet}`)),
    medusa: ["visa", "visa", "chargeDeclined"].map((name) => ({ name, ...testCard(name) })),
  },
  fillForm,
  confirmInBrowser,
  decisions: { three_d_secure: DECISIONS, bank_page: DECISIONS },
  event_types: [
    "payment_intent.amount_capturable_updated",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.refunded",
    "charge.dispute.created",
    "something.nobody.knows",
  ],
  webhooks_can_be_altered: false,
  operators_return_after_ms: [0],
};

/** Klarna reserves first where the account does; Alipay takes the money at once whatever the account does. */
function redirectIn({ index }: Readonly<{ index: number }>): string {
  return index % 2 === 0 ? "klarna" : "alipay";
}

/** As Stripe.js makes a payment method: with the publishable key, straight from the browser to Stripe. */
async function fillForm(
  url: string,
  account: string,
  form: Readonly<Record<string, string>>,
): Promise<ConfirmData | undefined> {
  const { id } = await askFromBrowser(`${url}/v1/payment_methods`, account, form);
  return id === undefined ? undefined : { payment_method: id };
}

/** As `stripe.confirmPayment` does it. */
async function confirmInBrowser(
  url: string,
  account: string,
  { id, client_secret }: Readonly<Record<string, unknown>>,
  card: string,
): Promise<string> {
  const answer = await askFromBrowser(`${url}/v1/payment_intents/${String(id)}/confirm`, account, {
    client_secret: String(client_secret),
    payment_method: `pm_card_${card}`,
    return_url: RETURN_URL,
  });
  return answer.status ?? answer.error?.code ?? "no answer";
}

type BrowserAnswer = Readonly<{ id?: string; status?: string; error?: Readonly<{ code?: string }> }>;

async function askFromBrowser(
  address: string,
  account: string,
  form: Readonly<Record<string, string>>,
): Promise<BrowserAnswer> {
  const key = stripe.credentials(account).publishable_key ?? "";
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...form, key }).toString(),
      signal: AbortSignal.timeout(FORM_PATIENCE_MS),
    });
    return (await answer.json()) as BrowserAnswer;
  } catch {
    // A fault struck the browser's own request, or its answer: that is part of the play.
    return {};
  }
}
