import { PayPalPaymentProvider } from "../../src/providers/paypal";
import {
  describeGatewayConformance,
  type ConformanceHarness,
  type ControllableService,
  type Sample,
  type ServiceFault,
  type ServiceOperation,
} from "../../src/testing";
import {
  REJECTION_TRIGGERS,
  startPaypalSimulator,
  type FaultKind,
  type FaultRequest,
  type PaypalSimulator,
  type TestHand,
} from "../simulators/paypal";
import { PayPalNotary } from "../support/paypal-notary";

const CLIENT_ID = "conformance-client-id";
const CLIENT_SECRET = "conformance-client-secret";
const WEBHOOK_ID = "8PT597110X687430LKGECATA";
const CURRENCIES = ["EUR", "USD", "JPY"];

/** Passes without a question where none is asked for. */
const CARD = "4868719196829038";
const CARD_WITH_QUESTION = "4868719460707704";

/** The samples are made before the simulator is there. */
let simulator: PaypalSimulator;

const card = (trigger?: keyof typeof REJECTION_TRIGGERS): Sample => ({
  data: undefined,
  before: (order_id) => enterCard(order_id, { number: CARD, name: trigger ?? "Ada Lovelace" }),
});
const refused = (trigger: keyof typeof REJECTION_TRIGGERS) => ({
  ...card(trigger),
  code: REJECTION_TRIGGERS[trigger],
});

/** The gateway with the real SDK against the simulator, over HTTP. */
const paypal: ConformanceHarness = {
  claims: {
    methods: ["card", "paypal"],
    currencies: CURRENCIES,
    capture: ["manual", "automatic"],
    partial_capture: true,
    multiple_capture: true,
    partial_refund: true,
    void: true,
    saved_methods: true,
    update_amount: true,
    hand_over: false,
  },
  samples: {
    approve: card(),
    declines: {
      funds_limit: refused("CCREJECT-IF"),
      issuer_generic: refused("CCREJECT-BANK_ERROR"),
      issuer_refused: refused("CCREJECT-REFUSED"),
      fix_data: refused("CCREJECT-CVV_F"),
      instrument_unusable: refused("CCREJECT-EC"),
      never: refused("CCREJECT-LS"),
      risk: refused("CCREJECT-SF"),
    },
    three_d_secure: {
      data: undefined,
      before: (order_id) => enterCard(order_id, { number: CARD_WITH_QUESTION, name: "Ada Lovelace" }),
    },
    other_method: {
      method: "paypal",
      data: undefined,
      before: async (order_id) => simulator.api.approve(order_id),
    },
    save_method: {
      data: undefined,
      before: (order_id) => enterCard(order_id, { number: CARD, name: "Ada Lovelace" }, customerOf(order_id)),
    },
    pay_with_saved: (saved_method_id) => ({ data: { saved_method_id } }),
    secrets: [CLIENT_SECRET],
    hostile: {
      intent: "CAPTURE",
      payment_source: { paypal: { vault_id: "somebody_elses" } },
      application_context: { user_action: "CONTINUE" },
      purchase_units: [{ amount: { value: "0.01", currency_code: "EUR" } }],
    },
    options_at: (api_url) => ({ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, api_url }),
  },
  async start() {
    simulator = await startPaypalSimulator({
      accounts: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, country: "DE" }],
    });
    const notary = await PayPalNotary.open(WEBHOOK_ID);
    return {
      createProvider: (cradle, options) =>
        new PayPalPaymentProvider(cradle, {
          ...options,
          client_id: CLIENT_ID,
          client_secret: CLIENT_SECRET,
          webhook_id: WEBHOOK_ID,
          webhook_max_age_s: 300,
          webhook_certificate_origins: [notary.url],
          webhook_root_certificates: [notary.root.pem],
          api_url: simulator.url,
          methods: ["card", "paypal"],
          saved_methods: true,
          currencies: CURRENCIES,
          return_url: "https://shop.example/back",
        }),
      service: serviceIn(simulator.api, notary),
      stop: async () => {
        await notary.close();
        await simulator.stop();
      },
    };
  },
};

describeGatewayConformance("PayPal", paypal);

/**
 * What PayPal's card fields do in the shopper's browser. A browser that cannot reach PayPal enters nothing, and neither
 * does one whose order is paid already.
 */
async function enterCard(
  order_id: string,
  entered: Readonly<{ number: string; name: string }>,
  keep_for?: string,
): Promise<void> {
  const access_token = await accessToken();
  if (access_token === undefined) {
    return;
  }
  const answer = await fetch(`${simulator.url}/v2/checkout/orders/${order_id}/confirm-payment-source`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "paypal-request-id": crypto.randomUUID(),
      authorization: `Bearer ${access_token}`,
    },
    body: JSON.stringify({
      payment_source: {
        card: {
          ...entered,
          expiry: "2031-12",
          security_code: "123",
          ...(keep_for !== undefined && {
            attributes: { customer: { id: keep_for }, vault: { store_in_vault: "ON_SUCCESS" } },
          }),
        },
      },
    }),
  });
  const text = await answer.text();
  if (!answer.ok && !text.includes("ORDER_ALREADY_")) {
    throw new Error(`The card could not be entered: ${answer.status} ${text}`);
  }
}

/** The customer whose page it is, whom the order names. */
function customerOf(order_id: string): string | undefined {
  return simulator.api.order(order_id).purchase_units?.[0]?.reference_id?.replace("customer:", "");
}

/** Undefined where nobody answers. */
async function accessToken(): Promise<string | undefined> {
  const answer = await fetch(`${simulator.url}/v1/oauth2/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${CLIENT_ID}:${CLIENT_SECRET}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  }).catch(() => undefined);
  if (!answer) {
    return undefined;
  }
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
}

const FAULTS: Readonly<Record<ServiceFault, FaultKind>> = {
  latency: "latency",
  refuse: "refuse",
  http_500: "http_500",
  http_429: "http_429",
  reset_before: "reset",
  reset_after: "reset_after",
  black_hole: "black_hole",
  malformed: "malformed",
  mistyped: "mistyped",
};

const OPERATIONS: Readonly<Record<ServiceOperation, readonly FaultRequest["operation"][]>> = {
  create: ["orders.create"],
  authorize: ["orders.authorize", "orders.capture"],
  capture: ["authorizations.capture"],
  refund: ["captures.refund"],
  cancel: ["authorizations.void"],
  retrieve: ["orders.get"],
  "*": ["*"],
};

function serviceIn(hand: TestHand, notary: PayPalNotary): ControllableService {
  return {
    ledger: async () =>
      hand.ledger().map(({ id, currency, status, authorized, captured, refunded, voided, custom_id }) => ({
        reference: id,
        provider: "paypal",
        currency,
        status: voided > 0n && captured === 0n ? "canceled" : status,
        authorized_minor: authorized + captured,
        captured_minor: captured,
        refunded_minor: refunded,
        metadata: { custom_id },
      })),
    fault: async ({ operation, fault, ...more }) => {
      for (const one of OPERATIONS[operation]) {
        await hand.fault({ ...more, fault: FAULTS[fault], operation: one });
      }
    },
    clearFaults: () => hand.clearFaults(),
    actInDashboard: async (reference, action, amount_minor) => {
      const { authorizations = [], captures = [] } =
        hand.order(reference).purchase_units?.[0]?.payments ?? {};
      const [authorization] = authorizations;
      const [capture] = captures;
      if (action === "capture") {
        hand.dashboard.capture(String(authorization?.id), amount_minor);
      } else if (action === "refund") {
        hand.dashboard.refund(String(capture?.id), amount_minor);
      } else if (authorization?.status !== "CAPTURED") {
        hand.dashboard.void(String(authorization?.id));
      }
    },
    completeChallenge: async (url, decision) => {
      const order_id = new URL(url).searchParams.get("token") ?? "";
      if (decision === "approve") {
        hand.approve(order_id);
      } else if (decision === "fail") {
        hand.failAuthentication(order_id);
      }
    },
    signedWebhook: (draft) => notary.signed(draft),
  };
}
