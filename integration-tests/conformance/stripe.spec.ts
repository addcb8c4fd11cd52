import Stripe from "stripe";
import { StripePaymentProvider } from "../../src/providers/stripe";
import {
  describeGatewayConformance,
  type ConformanceHarness,
  type ControllableService,
  type Sample,
  type ServiceFault,
  type ServiceOperation,
  type WebhookDraft,
} from "../../src/testing";
import { startStripeSimulator, type FaultKind, type FaultRequest, type TestHand } from "../simulators/stripe";

const API_KEY = "sk_test_conformance_secret";
const WEBHOOK_SECRET = "whsec_conformance_secret";
/** Units of two decimals are all the suite asks about, save where it names the currency. */
const CURRENCIES = ["EUR", "USD", "JPY", "KRW", "KWD"];

const card = (name: string): Sample => ({ data: { payment_method: `pm_card_${name}` } });
const refused = (name: string, code: string) => ({ ...card(name), code });

/** The gateway with the real SDK against the simulator, over HTTP. */
const stripe: ConformanceHarness = {
  claims: {
    methods: ["card", "apple_pay", "google_pay", "link"],
    currencies: CURRENCIES,
    capture: ["manual", "automatic"],
    partial_capture: true,
    multiple_capture: true,
    partial_refund: true,
    void: true,
    saved_methods: true,
    update_amount: true,
    coarse_currencies: ["KWD"],
  },
  samples: {
    approve: card("visa"),
    declines: {
      provider_transient: refused("chargeDeclinedProcessingError", "processing_error"),
      issuer_transient: refused("simulatorIssuerNotAvailable", "issuer_not_available"),
      issuer_generic: refused("chargeDeclined", "generic_decline"),
      issuer_refused: refused("simulatorDoNotHonor", "do_not_honor"),
      funds_limit: refused("chargeDeclinedInsufficientFunds", "insufficient_funds"),
      fix_data: refused("chargeDeclinedIncorrectCvc", "incorrect_cvc"),
      instrument_unusable: refused("chargeDeclinedExpiredCard", "expired_card"),
      never: refused("visa_chargeDeclinedLostCard", "lost_card"),
      risk: refused("chargeDeclinedFraudulent", "fraudulent"),
    },
    three_d_secure: card("authenticationRequired"),
    other_method: { method: "apple_pay", ...card("visa__apple_pay") },
    save_method: { data: { payment_method: "pm_card_visa", save: true } },
    pay_with_saved: (saved_method_id) => ({ data: { saved_method_id } }),
    session_data: { payment_method: "pm_card_visa" },
    secrets: [API_KEY, WEBHOOK_SECRET],
    hostile: {
      setup_future_usage: "off_session",
      off_session: true,
      application_fee_amount: 1,
      transfer_data: { destination: "acct_of_somebody_else" },
      payment_method_options: { card: { capture_method: "automatic" } },
    },
    options_at: (api_url) => ({ api_key: API_KEY, webhook_secret: WEBHOOK_SECRET, api_url }),
  },
  async start() {
    const simulator = await startStripeSimulator({ accounts: [{ secret_key: API_KEY }] });
    return {
      createProvider: (cradle, options) =>
        new StripePaymentProvider(cradle, {
          ...options,
          api_key: API_KEY,
          webhook_secret: WEBHOOK_SECRET,
          api_url: simulator.url,
          currencies: CURRENCIES,
          return_url: "https://shop.example/back",
        }),
      service: serviceIn(simulator.api),
      stop: () => simulator.stop(),
    };
  },
};

describeGatewayConformance("Stripe", stripe);

const FAULTS: Readonly<Record<ServiceFault, FaultKind>> = {
  latency: "latency",
  refuse: "refuse",
  http_500: "http_500",
  http_429: "http_429",
  reset_before: "reset",
  reset_after: "reset_after",
  black_hole: "black_hole",
  malformed: "malformed",
  // The simulator's answers are typed; what it has instead is a proxy's page after the change was made.
  mistyped: "http_502_html_after",
};

const OPERATIONS: Readonly<Record<ServiceOperation, FaultRequest["operation"]>> = {
  create: "payment_intents.create",
  authorize: "payment_intents.confirm",
  capture: "payment_intents.capture",
  refund: "refunds.create",
  cancel: "payment_intents.cancel",
  retrieve: "payment_intents.retrieve",
  "*": "*",
};

function serviceIn(hand: TestHand): ControllableService {
  return {
    ledger: async () =>
      hand.ledger().map(({ id, currency, status, authorized, captured, refunded, metadata }) => ({
        reference: id,
        provider: "stripe",
        currency: currency.toUpperCase(),
        status,
        authorized_minor: BigInt(authorized + captured),
        captured_minor: BigInt(captured),
        refunded_minor: BigInt(refunded),
        metadata,
      })),
    fault: ({ fault, operation, ...more }) =>
      hand.fault({ ...more, fault: FAULTS[fault], operation: OPERATIONS[operation] }),
    clearFaults: () => hand.clearFaults(),
    actInDashboard: async (reference, action, amount_minor) => {
      if (action === "cancel" && hand.paymentIntent(reference).status === "succeeded") {
        return; // Capturing a part in the dashboard has released the rest.
      }
      const amount = amount_minor === undefined ? undefined : Number(amount_minor);
      hand.dashboard[action](reference, amount);
    },
    completeChallenge: async (url, decision) => {
      if (decision === "approve" || decision === "fail") {
        hand.decide(new URL(url).pathname.split("/").at(-1) ?? "", decision);
      }
    },
    signedWebhook,
  };
}

const TYPE_OF: Readonly<Record<WebhookDraft["about"], string>> = {
  authorized: "payment_intent.amount_capturable_updated",
  captured: "payment_intent.succeeded",
  declined: "payment_intent.payment_failed",
  refunded: "charge.refunded",
  canceled: "payment_intent.canceled",
};

function signedWebhook(draft: WebhookDraft) {
  const { event_id, reference, about, claimed_minor, signed_at, wrong_secret } = draft;
  const amount = Number(claimed_minor ?? 0);
  const object =
    about === "refunded"
      ? { id: "ch_1", object: "charge", payment_intent: reference, amount_refunded: amount }
      : { id: reference, object: "payment_intent", status: "succeeded", amount, amount_received: amount };
  const event = { id: event_id, object: "event", type: TYPE_OF[about], data: { object } };
  const raw_body = draft.raw_body ?? Buffer.from(JSON.stringify(event));
  const header = Stripe.webhooks.generateTestHeaderString({
    payload: raw_body.toString("utf8"),
    secret: wrong_secret ? "whsec_of_somebody_else" : WEBHOOK_SECRET,
    timestamp: Math.floor((signed_at?.getTime() ?? Date.now()) / 1000),
  });
  return { raw_body, headers: { "stripe-signature": header } };
}
