import { money, type AttemptRecord, type WebhookRequest } from "../../src/gateway";
import { WEBHOOK_ID } from "../../src/providers/paypal/__tests__/support";
import type { PaymentRow, SessionRow } from "../../src/testing";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { PayPalNotary } from "./paypal-notary";
import { PaypalProxy } from "./paypal-proxy";
import { CLIENT_ID, CLIENT_SECRET, orderIn, PaypalShop } from "./paypal-shop";

export const TEN = money(1_000n, "EUR");
export const HUNDRED = money(10_000n, "EUR");

type Options = Record<string, unknown>;

/** Shops before PayPal's simulator, and what was asked of it. Its functions may be taken out of it. */
export class PluginSituations {
  simulator!: PaypalSimulator;
  /** Before the simulator, to change what it answers. */
  proxy!: PaypalProxy;
  #notary!: PayPalNotary;

  async start(): Promise<void> {
    this.simulator = await startPaypalSimulator({
      accounts: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, country: "DE" }],
    });
    this.proxy = await PaypalProxy.before(this.simulator.url);
    this.#notary = await PayPalNotary.open(WEBHOOK_ID);
  }

  async clear(): Promise<void> {
    this.proxy.clear();
    await this.simulator.api.clearFaults();
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.#notary.close();
    await this.simulator.stop();
  }

  readonly shop = (options: Options = {}): PaypalShop => new PaypalShop(this.simulator, options);

  readonly automatic = (options: Options = {}): PaypalShop => this.shop({ capture: "automatic", ...options });

  /** A shop that checks webhooks itself, with the certificate of the notary. */
  readonly listening = (options: Options = {}): PaypalShop =>
    this.shop({
      webhook_id: WEBHOOK_ID,
      webhook_certificate_origins: [this.#notary.url],
      webhook_root_certificates: [this.#notary.root.pem],
      ...options,
    });

  /** What PayPal was asked since then, by operation. */
  readonly asked = (operation: string) =>
    this.simulator.api.requests().filter((request) => request.operation === operation);

  readonly lastBody = (operation: string) => this.asked(operation).at(-1)?.body;

  /** The event as it goes over the wire, signed by the notary or by somebody else. */
  readonly signed = (event: object | string, wrong_secret = false): WebhookRequest => {
    const raw_body = Buffer.from(typeof event === "string" ? event : JSON.stringify(event));
    return this.#notary.signed({ event_id: "", reference: "", about: "captured", raw_body, wrong_secret });
  };

  readonly captureEvent = (of: Pick<SessionRow, "data">, event_type = "PAYMENT.CAPTURE.COMPLETED") => ({
    id: "WH-1",
    event_type,
    resource: {
      id: "1AB23456CD789012E",
      status: "COMPLETED",
      amount: { currency_code: "EUR", value: "10.00" },
      supplementary_data: { related_ids: { order_id: orderIn(of) } },
    },
  });

  readonly captureOf = (payment: Pick<PaymentRow, "data">): string =>
    String(this.simulator.api.order(orderIn(payment)).purchase_units?.[0]?.payments?.captures?.[0]?.id);

  readonly attemptOf = async (
    store: PaypalShop,
    { data }: Pick<SessionRow, "data">,
  ): Promise<AttemptRecord> => {
    const attempt = await store.journal.findAttempt({ id: String(data.attempt_id) });
    if (!attempt) {
      throw new Error("The session has no attempt.");
    }
    return attempt;
  };
}

/**
 * Defects of three PayPal plugins for Medusa, each as the situation that shows it and what comes of it here. Which plugin
 * does what instead: docs/paypal-compared.md, which names these tests. Those that need a whole store are in
 * http/paypal-store.spec.ts.
 */
export function withPayPalPlugins(tests: (on: PluginSituations) => void): void {
  describe("what goes wrong in PayPal plugins for Medusa, with Tender", () => {
    const situations = new PluginSituations();
    beforeAll(() => situations.start());
    afterEach(async () => {
      jest.restoreAllMocks();
      jest.useRealTimers();
      await situations.clear();
    });
    afterAll(() => situations.stop());
    tests(situations);
  });
}

/** An order's answer with another status in all its captures or authorizations. */
export function withStatus(text: string, moves: "captures" | "authorizations", status: string): string {
  const order = JSON.parse(text) as {
    purchase_units?: { payments?: Partial<Record<typeof moves, { status: string }[]>> }[];
  };
  for (const { payments } of order.purchase_units ?? []) {
    payments?.[moves]?.forEach((move) => Object.assign(move, { status }));
  }
  return JSON.stringify(order);
}
