import path from "node:path";
import { markOf, requestIdOf } from "../../../src/providers/paypal/requests";
import { FAULT_PHASES, REJECTION_TRIGGERS, TEST_CARDS } from "../../simulators/paypal";
import { countryOf } from "../lanes";
import type { BankOperation, Card, Gateway, Instrument, Method } from "./gateway";
import { agreeAtPaypal, enterInPaypal } from "./paypal-browser";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Nobody answers there: the suite follows no redirect. */
const RETURN_URL = "http://localhost/checkout";

/** Whatever `capture` says, an order is completed by one call: which one, its intent says. */
const OPERATIONS: Readonly<Record<Exclude<BankOperation, "authorize">, string>> = {
  create: "orders.create",
  capture: "authorizations.capture",
  refund: "captures.refund",
  cancel: "authorizations.void",
  retrieve: "orders.get",
  "*": "*",
};

/** What a shopper types into PayPal's card fields. The name decides what the issuer says. */
const typed = (number: string, name = "Ada Lovelace"): Instrument => ({ form: { number, name } });

const GOOD = typed(TEST_CARDS.passes_unasked);

const CARDS: readonly Card[] = [
  { weight: 34, name: "good card", ...GOOD },
  { weight: 8, name: "good Mastercard", ...typed("5329879707824603") },
  {
    weight: 4,
    name: "card whose issuer takes no part in 3-D Secure",
    ...typed(TEST_CARDS.issuer_takes_no_part),
  },
  ...Object.keys(REJECTION_TRIGGERS).map((name) => ({
    weight: 1.5,
    name: `card refused as ${name}`,
    ...typed(TEST_CARDS.passes_unasked, name),
  })),
  { weight: 1, name: "card that fails 3-D Secure without being asked", ...typed(TEST_CARDS.fails_unasked) },
  { weight: 1, name: "card whose issuer does not answer", ...typed(TEST_CARDS.issuer_does_not_answer) },
];

const SECURED_CARDS: readonly Card[] = [
  { weight: 6, name: "3-D Secure card", ...typed(TEST_CARDS.asks) },
  { weight: 1, name: "3-D Secure Mastercard", ...typed("5329879786234393") },
  { weight: 1, name: "3-D Secure card without money", ...typed(TEST_CARDS.asks, "CCREJECT-IF") },
  { weight: 1, name: "3-D Secure card whose holder fails", ...typed(TEST_CARDS.fails) },
  { weight: 1, name: "3-D Secure card of which nothing is known", ...typed(TEST_CARDS.signature_fails) },
];

/** PayPal's page asks a wallet's payer what to pay with, and a card's holder whether it is them. */
const DECISIONS: Gateway["decisions"] = {
  three_d_secure: {
    approve: { decision: "approve" },
    fail: { decision: "fail" },
    close: null,
    cancel: { decision: "cancel" },
    later: null,
  },
  bank_page: {
    approve: { decision: "approve", funding: "balance" },
    // They agree, and what they pay with is refused when it is charged.
    fail: { decision: "approve", funding: "declined" },
    close: null,
    cancel: { decision: "cancel" },
    later: { decision: "approve", funding: "echeck" },
  },
};

/** Countries whose buyers have Pay Later, among those of the lanes. */
const PAY_LATER = ["us", "it"];

/** PayPal, played by the simulator in `integration-tests/simulators/paypal`. */
export const paypal: Gateway = {
  name: "paypal",
  program: { script: path.resolve(__dirname, "../server/paypal-bank/main.ts"), from: "source" },
  credentials: (account) => ({
    client_id: `client-id-of-${account}`,
    client_secret: `client-secret-of-${account}`,
    webhook_id: `WH5971${account.toUpperCase()}`,
    country: countryOf(account).toUpperCase(),
  }),
  providerEntry: (account, { url, root_certificate, capture, timeout_ms }) => {
    const { client_id, client_secret, webhook_id } = paypal.credentials(account);
    const is_second = account.endsWith("b");
    return {
      resolve: "./src/providers/paypal",
      options: {
        api_url: url,
        client_id,
        client_secret,
        webhook_id,
        webhook_certificate_origins: [url],
        webhook_root_certificates: root_certificate === undefined ? [] : [root_certificate],
        // Both ways to check them, and both to ask for 3-D Secure.
        webhook_verification: is_second ? "api" : "offline",
        three_d_secure: is_second ? "always" : "when_required",
        capture,
        methods: ["paypal", "pay_later", "card", "apple_pay", "google_pay"],
        return_url: RETURN_URL,
        timeout_ms,
        connect_timeout_ms: timeout_ms,
      },
    };
  },
  // A refund may be several calls at PayPal, which carry its mark; of other keys PayPal takes so many letters.
  keyAtBank: (kind, idempotency_key) =>
    kind === "refund" ? markOf({ idempotency_key }) : requestIdOf(idempotency_key),
  faults: {
    // All of them: whoever adds one has it tried here.
    phases: FAULT_PHASES,
    lost: [
      "reset_after",
      "malformed",
      "mistyped",
      "http_500_after",
      "http_502_html_after",
      "black_hole_after",
    ],
    operation: (asked, capture) =>
      asked === "authorize"
        ? capture === "automatic"
          ? "orders.capture"
          : "orders.authorize"
        : OPERATIONS[asked],
  },
  methodId: (method, { country }) => (method === "bank_redirect" ? walletIn(country) : method),
  instruments: {
    good: GOOD,
    cards: CARDS,
    secured_cards: SECURED_CARDS,
    redirect: () => ({}),
    in_browser: [
      { weight: 4, name: "PayPal", method: "bank_redirect" },
      { weight: 3, name: "card", method: "card" },
      { weight: 1, name: "refused card", method: "card" },
    ],
    wallet: (wallet) => ["", "", "CCREJECT-IF"].map((name) => ({ form: { wallet, ...(name && { name }) } })),
    medusa: [
      { name: "with PayPal", data: {}, agrees_in_browser: "PayPal" },
      { name: "by card", data: { method: "card" satisfies Method }, agrees_in_browser: "card" },
      { name: "without having agreed to it", data: {} },
    ],
  },
  fillForm: (url, account, form, client) => enterInPaypal(url, clientIdOf(account), form, client),
  confirmInBrowser: (url, account, client, name) => agreeAtPaypal(url, clientIdOf(account), client, name),
  decisions: DECISIONS,
  event_types: [
    "CHECKOUT.ORDER.APPROVED",
    "CHECKOUT.ORDER.COMPLETED",
    "PAYMENT.AUTHORIZATION.CREATED",
    "PAYMENT.AUTHORIZATION.VOIDED",
    "PAYMENT.CAPTURE.COMPLETED",
    "PAYMENT.CAPTURE.DENIED",
    "PAYMENT.CAPTURE.REFUNDED",
    "CUSTOMER.DISPUTE.CREATED",
    "SOMETHING.NOBODY.KNOWS",
  ],
  webhooks_can_be_altered: true,
  // Past the three days that an authorization is honored, and past the 29 that it lives.
  operators_return_after_ms: [0, 4 * DAY_MS, 30 * DAY_MS],
};

const clientIdOf = (account: string): string => paypal.credentials(account).client_id ?? "";

function walletIn(country: string): string {
  return PAY_LATER.includes(country) ? "pay_later" : "paypal";
}
