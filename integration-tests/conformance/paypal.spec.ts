import { messageOf } from "../../src/gateway/errors";
import { PayPalPaymentProvider } from "../../src/providers/paypal";
import { WEBHOOK_ID } from "../../src/providers/paypal/__tests__/support";
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
import { CARD, CARD_WITH_QUESTION, enterCard, type EnteredCard } from "../support/paypal-card-fields";
import { PayPalNotary } from "../support/paypal-notary";

const KEYS = { client_id: "conformance-client-id", client_secret: "conformance-client-secret" };
const CURRENCIES = ["EUR", "USD", "JPY"];

/** The samples are made before the simulator is there. */
let simulator: PaypalSimulator;

const card = (trigger?: keyof typeof REJECTION_TRIGGERS): Sample => ({
  data: undefined,
  before: (order_id) => enter(order_id, { ...CARD, ...(trigger && { name: trigger }) }),
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
      before: (order_id) => enter(order_id, CARD_WITH_QUESTION),
    },
    other_method: {
      method: "paypal",
      data: undefined,
      before: async (order_id) => simulator.api.approve(order_id),
    },
    save_method: {
      data: undefined,
      before: (order_id) => enter(order_id, { ...CARD, keep_for: customerOf(order_id) }),
    },
    pay_with_saved: (saved_method_id) => ({ data: { saved_method_id } }),
    secrets: [KEYS.client_secret],
    hostile: {
      intent: "CAPTURE",
      payment_source: { paypal: { vault_id: "somebody_elses" } },
      application_context: { user_action: "CONTINUE" },
      purchase_units: [{ amount: { value: "0.01", currency_code: "EUR" } }],
    },
    options_at: (api_url) => ({ ...KEYS, api_url }),
  },
  async start() {
    simulator = await startPaypalSimulator({
      accounts: [{ ...KEYS, country: "DE" }],
    });
    const notary = await PayPalNotary.open(WEBHOOK_ID);
    return {
      createProvider: (cradle, options) =>
        new PayPalPaymentProvider(cradle, {
          ...options,
          ...KEYS,
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

/** A browser that cannot reach PayPal enters nothing, and neither does one whose order is paid already. */
async function enter(order_id: string, entered: EnteredCard): Promise<void> {
  await enterCard(simulator.url, KEYS, order_id, entered).catch((error: unknown) => {
    if (!/fetch failed|ORDER_ALREADY_/.test(messageOf(error))) {
      throw error;
    }
  });
}

/** The customer whose page it is, whom the order names. */
function customerOf(order_id: string): string | undefined {
  return simulator.api.order(order_id).purchase_units?.[0]?.reference_id?.replace("customer:", "");
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
