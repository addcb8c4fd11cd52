import https from "node:https";
import { inspect } from "node:util";
import { money, type WebhookRequest } from "../../src/gateway";
import { WebhookCertificates } from "../../src/providers/paypal/webhook-certificates";
import type { PaymentRow, SessionRow } from "../../src/testing";
import { startPaypalSimulator, type PaypalSimulator } from "../simulators/paypal";
import { CARD } from "../support/paypal-card-fields";
import { PayPalNotary } from "../support/paypal-notary";
import { PaypalProxy } from "../support/paypal-proxy";
import { CLIENT_ID, CLIENT_SECRET, orderIn, PaypalShop } from "../support/paypal-shop";

const TEN = money(1_000n, "EUR");
const HUNDRED = money(10_000n, "EUR");
const WEBHOOK_ID = "8PT597110X687430LKGECATA";
const ECHECK = { funding: { kind: "pending", reason: "ECHECK" } } as const;

/**
 * Defects of three PayPal plugins for Medusa, each as the situation that shows it and what comes of it here. Which plugin
 * does what instead: docs/paypal-compared.md, which names these tests. Those that need a whole store are in
 * http/paypal-store.spec.ts.
 */
describe("what goes wrong in PayPal plugins for Medusa, with Tender", () => {
  let simulator: PaypalSimulator;
  let proxy: PaypalProxy;
  let notary: PayPalNotary;

  beforeAll(async () => {
    simulator = await startPaypalSimulator({
      accounts: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, country: "DE" }],
    });
    proxy = await PaypalProxy.before(simulator.url);
    notary = await PayPalNotary.open(WEBHOOK_ID);
  });
  afterEach(async () => {
    proxy.clear();
    jest.restoreAllMocks();
    await simulator.api.clearFaults();
  });
  afterAll(async () => {
    await proxy.close();
    await notary.close();
    await simulator.stop();
  });

  const shop = (options: Record<string, unknown> = {}) => new PaypalShop(simulator, options);
  const automatic = (options: Record<string, unknown> = {}) => shop({ capture: "automatic", ...options });
  /** A shop that checks webhooks itself, with the certificate of the notary. */
  const listening = (options: Record<string, unknown> = {}) =>
    shop({
      webhook_id: WEBHOOK_ID,
      webhook_certificate_origins: [notary.url],
      webhook_root_certificates: [notary.root.pem],
      ...options,
    });

  const failure = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => {
        throw new Error("It went through.");
      },
      (error: unknown) => error as Error,
    );

  /** What PayPal was asked since then, by operation. */
  const asked = (operation: string) =>
    simulator.api.requests().filter((request) => request.operation === operation);
  const lastBody = (operation: string) => asked(operation).at(-1)?.body;

  /** The event as it goes over the wire, signed by the notary or by somebody else. */
  function signed(event: object | string, wrong_secret = false): WebhookRequest {
    const raw_body = Buffer.from(typeof event === "string" ? event : JSON.stringify(event));
    return notary.signed({ event_id: "", reference: "", about: "captured", raw_body, wrong_secret });
  }

  const captureEvent = (of: Pick<SessionRow, "data">, event_type = "PAYMENT.CAPTURE.COMPLETED") => ({
    id: "WH-1",
    event_type,
    resource: {
      id: "1AB23456CD789012E",
      status: "COMPLETED",
      amount: { currency_code: "EUR", value: "10.00" },
      supplementary_data: { related_ids: { order_id: orderIn(of) } },
    },
  });

  const captureOf = (payment: Pick<PaymentRow, "data">) =>
    String(simulator.api.order(orderIn(payment)).purchase_units?.[0]?.payments?.captures?.[0]?.id);

  describe("session data", () => {
    const NOTHING = { captured: 0, authorized: 0, authorizations: 0, captures: 0 };
    const CLAIMS: Readonly<Record<string, Record<string, unknown>>> = {
      status: { status: "COMPLETED" },
      purchase_units: {
        status: "COMPLETED",
        purchaseUnits: [{ payments: { captures: [{ id: "1", status: "COMPLETED" }] } }],
        purchase_units: [{ payments: { captures: [{ id: "1", status: "COMPLETED" }] } }],
      },
      capture: { paypal: { capture: { id: "1", status: "COMPLETED" }, capture_id: "1" } },
    };

    it("a capture of the shopper's own making is no payment: PayPal is asked", async () => {
      for (const data of Object.values(CLAIMS)) {
        const store = shop();
        const session = await store.open(TEN, data);
        const before = asked("orders.get").length;
        await failure(store.complete(session));
        expect(asked("orders.get").length).toBeGreaterThan(before);
        expect(store.booked(session)).toMatchObject(NOTHING);
        expect(store.medusa.payments.size).toBe(0);
        expect(session.data).not.toMatchObject(data);
      }
    });

    it("captured_at and authorized_at of the shopper's own making are no payment, nor while PayPal is down", async () => {
      const store = shop();
      const session = await store.open(TEN, {
        order_id: "NONE",
        captured_at: "2026-01-01",
        authorized_at: "2026-01-01",
      });
      await failure(store.complete(session));
      await simulator.api.fault({ fault: "http_503", operation: "*" });
      await failure(store.complete(session));
      await simulator.api.clearFaults();
      expect(store.booked(session)).toMatchObject(NOTHING);
      expect(store.medusa.payments.size).toBe(0);
    });

    it("the id of an order that was paid for another cart pays nothing", async () => {
      const store = automatic();
      const cheap = await store.pay(money(100n, "EUR"));
      const foreign = orderIn(cheap);
      const session = await store.open(money(50_000n, "EUR"), {
        ...{ order_id: foreign, id: foreign, gateway_reference: foreign },
        ...{ paypal: { order_id: foreign }, client: { order_id: foreign } },
      });
      expect(orderIn(session)).not.toBe(foreign);
      await failure(store.complete(session));
      expect(store.booked(session)).toMatchObject({ ...NOTHING, amount: 50_000 });
      expect(store.booked(cheap)).toMatchObject({ captured: 100, captures: 1 });
    });

    it("items and prices of the shopper's own making are not sent to PayPal", async () => {
      const store = shop();
      const items = [{ name: "Teapot", quantity: "1", unit_amount: { currency_code: "EUR", value: "0.01" } }];
      await store.open(TEN, { items, purchase_units: [{ items }] });
      const body = lastBody("orders.create") as { purchase_units: { amount: object; items?: unknown }[] };
      expect(body.purchase_units[0]?.items).toBeUndefined();
      expect(body.purchase_units[0]?.amount).toEqual({ currency_code: "EUR", value: "10.00" });
    });

    it("a raw card goes neither to PayPal nor into the session", async () => {
      const store = shop({ saved_methods: true });
      const card = { number: "4111111111111111", expiry: "2031-12", security_code: "987" };
      const session = await store.open(TEN, { method: "card", card, payment_source: { card } });
      const before = simulator.api.requests().length;
      const { id } = await attemptOf(store, session);
      await store.provider.attempts.confirm(id, { data: { card, payment_source: { card } } });
      const sent = [lastBody("orders.create"), ...simulator.api.requests().slice(before)];
      const kept = [session, await attemptOf(store, session), store.journal.calls];
      expect(inspect([sent, kept, store.medusa.log], { depth: null })).not.toMatch(/4111111111111111|987/);
    });

    it("the card's brand is the one PayPal tells", async () => {
      const store = shop();
      const session = await store.open(TEN, { method: "card", card_brand: "amex", cardBrand: "amex" });
      await store.approve(session, { card: CARD });
      await store.complete(session);
      expect(await attemptOf(store, session)).toMatchObject({ instrument: { brand: "visa", last4: "9038" } });
    });
  });

  describe("payments", () => {
    it("an order that nobody approved is not authorized, and capturing it throws", async () => {
      const store = shop();
      const session = await store.open();
      expect((await store.provider.getPaymentStatus({ data: session.data })).status).toBe("pending");
      await failure(store.complete(session));
      await failure(
        store.provider.capturePayment({ data: session.data, context: { idempotency_key: "capt_1" } }),
      );
      expect(store.booked(session)).toMatchObject({ authorized: 0, captured: 0, operations: [] });
    });

    it("a capture that PayPal holds back is not booked, and is once the money has come", async () => {
      const store = automatic();
      const session = await store.open();
      await store.approve(session, { approval: ECHECK });
      await failure(store.complete(session));
      expect(store.booked(session)).toMatchObject({ captured: 0, pending: 1_000 });
      expect(await store.read(session)).toMatchObject({ status: "pending", captured: money(0n, "EUR") });
      simulator.api.completePending(captureOf(session));
      const payment = await store.complete(session);
      expect(store.medusa.recorded("captures", payment)).toBe(1_000n);
      expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
    });

    it("a capture that an operator asks for and PayPal holds back throws, and is not booked", async () => {
      const store = shop();
      const payment = await store.pay(HUNDRED);
      simulator.api.fund(orderIn(payment), ECHECK.funding);
      expect((await failure(store.medusa.capturePayment(payment.id))).message).toMatch(
        /PayPal holds the capture back \(ECHECK\)/,
      );
      expect(store.medusa.recorded("captures", payment)).toBe(0n);
      expect(store.booked(payment)).toMatchObject({ captured: 0, pending: 10_000, captures: 1 });
    });

    it.each(["DECLINED", "FAILED"])(
      "a capture that PayPal answers with 201 and %s throws, and is not booked",
      async (status) => {
        const store = shop({ api_url: proxy.url });
        const payment = await store.pay();
        proxy.rewrite("POST", /\/capture$/, (text) => text.replace('"COMPLETED"', `"${status}"`));
        proxy.rewrite("GET", /\/orders\//, (text) => withStatus(text, "captures", status));
        expect((await failure(store.medusa.capturePayment(payment.id))).message).toMatch(
          /PayPal refused the capture/,
        );
        expect(store.medusa.recorded("captures", payment)).toBe(0n);
      },
    );

    it.each(["DECLINED", "FAILED"])(
      "an order that is completed with a capture that is %s is a refusal",
      async (status) => {
        const store = automatic({ api_url: proxy.url });
        const session = await store.open();
        await store.approve(session);
        for (const method of ["POST", "GET"]) {
          proxy.rewrite(method, /\/orders\//, (text) => withStatus(text, "captures", status));
        }
        expect(await failure(store.complete(session))).toMatchObject({ type: "payment_authorization_error" });
        expect(await attemptOf(store, session)).toMatchObject({ status: "declined" });
        expect(store.medusa.payments.size).toBe(0);
      },
    );

    it("a card that its issuer refuses within a completed order is a refusal, with the processor's reason", async () => {
      const store = automatic();
      const session = await store.open(TEN, { method: "card" });
      await store.approve(session, { card: { ...CARD, name: "CCREJECT-IF" } });
      expect(await failure(store.complete(session))).toMatchObject({ type: "payment_authorization_error" });
      expect(await attemptOf(store, session)).toMatchObject({
        status: "declined",
        decline: { category: "funds_limit", code: "5120" },
      });
      expect(store.booked(session)).toMatchObject({ status: "COMPLETED", captured: 0 });
    });

    it("an authorization under review captures nothing, and one that is then denied is gone", async () => {
      const store = shop({ api_url: proxy.url });
      const session = await store.open();
      await store.approve(session, {
        approval: { funding: { kind: "pending", reason: "PENDING_REVIEW" } },
      });
      await failure(store.complete(session));
      expect(await store.read(session)).toMatchObject({
        status: "pending",
        authorized: money(0n, "EUR"),
      });
      proxy.rewrite("GET", /\/orders\//, (text) => withStatus(text, "authorizations", "DENIED"));
      expect(await store.read(session)).toMatchObject({ status: "declined" });
      await failure(store.complete(session));
      expect(store.medusa.payments.size).toBe(0);
    });

    it("while PayPal is down a capture throws, and is not booked", async () => {
      const store = shop();
      const payment = await store.pay();
      await simulator.api.fault({ fault: "http_503", operation: "*" });
      await failure(store.medusa.capturePayment(payment.id));
      await simulator.api.clearFaults();
      expect(store.medusa.recorded("captures", payment)).toBe(0n);
      expect(store.booked(payment)).toMatchObject({ captured: 0, authorized: 1_000 });
    });

    it.each(["http_500_after", "reset_after"] as const)(
      "money that was taken while the answer was lost (%s) is found, and no other order is made",
      async (fault) => {
        const store = automatic();
        const session = await store.open();
        await store.approve(session);
        const orders = simulator.api.ledger().length;
        await simulator.api.fault({ fault, operation: "orders.capture", times: 1 });
        await store.complete(session).catch(() => store.complete(session));
        expect(await attemptOf(store, session)).toMatchObject({ status: "captured" });
        expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
        expect(simulator.api.ledger()).toHaveLength(orders);
      },
    );

    it("a PayPal that never answers is not waited for without end, and what it did is read afterwards", async () => {
      const store = automatic({ timeout_ms: 500 });
      const session = await store.open();
      await store.approve(session);
      await simulator.api.fault({ fault: "black_hole_after", operation: "orders.capture", times: 1 });
      const began_at = Date.now();
      await expect(store.complete(session)).rejects.toThrow();
      expect(Date.now() - began_at).toBeLessThan(5_000);
      const { status } = await attemptOf(store, session);
      expect(["unknown", "captured"]).toContain(status);
      expect((await store.provider.getPaymentStatus({ data: session.data })).status).toBe("captured");
      expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
    });
  });

  describe("captures", () => {
    it("40.00 and then 60.00 of 100.00 are two captures at PayPal", async () => {
      const store = shop();
      const { id, ...payment } = await store.pay(HUNDRED);
      await store.medusa.capturePayment(id, money(4_000n, "EUR"));
      expect(store.booked(payment)).toMatchObject({ captured: 4_000, captures: 1, authorized: 6_000 });
      await store.medusa.capturePayment(id, money(6_000n, "EUR"));
      expect(store.booked(payment)).toMatchObject({ captured: 10_000, captures: 2, authorized: 0 });
    });

    it("whose amount cannot be read throw, and take nothing", async () => {
      const store = shop();
      const payment = await store.pay(HUNDRED);
      await failure(
        store.provider.capturePayment({
          data: payment.data,
          context: { idempotency_key: "capt_that_cannot_be_read" },
        }),
      );
      expect(store.booked(payment)).toMatchObject({ captured: 0, authorized: 10_000 });
    });
  });

  describe("refunds", () => {
    it("3.00 of 10.00 are 3.00 at PayPal, in the payment's currency", async () => {
      const store = shop();
      const payment = await store.captured();
      await store.medusa.refundPayment(payment.id, money(300n, "EUR"));
      expect(lastBody("captures.refund")).toMatchObject({ amount: { currency_code: "EUR", value: "3.00" } });
      expect(store.booked(payment)).toMatchObject({ captured: 1_000, refunded: 300 });
    });

    it("one after the other reach the same capture, and the payment still knows its order", async () => {
      const store = shop();
      const payment = await store.captured();
      await store.medusa.refundPayment(payment.id, money(300n, "EUR"));
      await store.medusa.refundPayment(payment.id, money(200n, "EUR"));
      const refunds = asked("captures.refund").slice(-2);
      expect(refunds.map(({ id }) => id)).toEqual([captureOf(payment), captureOf(payment)]);
      expect(store.booked(payment)).toMatchObject({ refunded: 500 });
      expect(orderIn(store.medusa.payments.get(payment.id)!)).toBe(store.booked(payment).id);
    });

    it("after a capture at once go to the capture, not to the order", async () => {
      const store = automatic();
      const payment = await store.pay();
      await store.medusa.refundPayment(payment.id);
      expect(asked("captures.refund").at(-1)).toMatchObject({ id: captureOf(payment), status: 201 });
      expect(store.booked(payment)).toMatchObject({ captured: 1_000, refunded: 1_000 });
    });

    it("without a capture throw, and none is booked", async () => {
      const store = shop();
      const payment = await store.pay();
      const before = asked("captures.refund").length;
      await failure(store.medusa.refundPayment(payment.id));
      expect(store.medusa.recorded("refunds", payment)).toBe(0n);
      expect(asked("captures.refund")).toHaveLength(before);
    });

    it("that PayPal answers with 201 and FAILED throw, none is booked, and the next one goes through", async () => {
      const store = shop({ api_url: proxy.url });
      const payment = await store.captured();
      // As if PayPal had refused it: its own books know nothing of the refund either.
      proxy.rewrite("POST", /\/refund$/, (text) => {
        simulator.api.failRefund((JSON.parse(text) as { id: string }).id);
        return text.replace('"COMPLETED"', '"FAILED"');
      });
      expect((await failure(store.medusa.refundPayment(payment.id))).message).toMatch(
        /PayPal could not make the refund/,
      );
      expect(store.medusa.recorded("refunds", payment)).toBe(0n);
      proxy.clear();
      await store.medusa.refundPayment(payment.id, money(200n, "EUR"));
      expect(store.booked(payment)).toMatchObject({ refunded: 200 });
    });

    it("whose answer was lost are made once, also when they are asked for again", async () => {
      const store = shop();
      const payment = await store.captured();
      await simulator.api.fault({ fault: "http_500_after", operation: "captures.refund", times: 1 });
      await store.medusa
        .refundPayment(payment.id, money(300n, "EUR"))
        .catch(() => store.medusa.refundPayment(payment.id, money(300n, "EUR")));
      expect(store.booked(payment)).toMatchObject({ refunded: 300 });
      expect(store.medusa.recorded("refunds", payment)).toBe(300n);
    });
  });

  describe("cancelling", () => {
    it("a payment voids its authorization at PayPal", async () => {
      const store = shop();
      const payment = await store.pay();
      await store.medusa.cancelPayment(payment.id);
      expect(store.booked(payment)).toMatchObject({ authorized: 0, voided: 1_000, captured: 0 });
    });

    it("throws where PayPal cannot be reached, and where the money is taken already", async () => {
      const store = shop();
      const payment = await store.pay();
      await simulator.api.fault({ fault: "http_503", operation: "*" });
      await failure(store.medusa.cancelPayment(payment.id));
      await simulator.api.clearFaults();
      expect(store.booked(payment)).toMatchObject({ authorized: 1_000, voided: 0 });

      const taken = automatic();
      const paid = await taken.pay();
      await failure(taken.medusa.cancelPayment(paid.id));
      expect(taken.medusa.payments.get(paid.id)?.canceled_at).toBeUndefined();
      expect(taken.booked(paid)).toMatchObject({ captured: 1_000, refunded: 0 });
    });

    it("a session of which PayPal holds the money leaves it to be given back", async () => {
      const store = automatic();
      const session = await store.open();
      await store.approve(session);
      const { id } = await attemptOf(store, session);
      await store.provider.attempts.confirm(id, { data: undefined });
      expect(store.booked(session)).toMatchObject({ captured: 1_000 });
      await store.medusa.deletePaymentSession(session.id);
      const released = await attemptOf(store, session);
      expect(released.status).toBe("released");
      await store.provider.money.giveBack(released);
      expect(store.booked(session)).toMatchObject({ captured: 1_000, refunded: 1_000 });
    });
  });

  describe("amounts", () => {
    const VALUES = [
      [10, "EUR", "10.00"],
      [0.1 + 0.2, "EUR", "0.30"],
      [33.335, "EUR", "33.34"],
      [1000, "JPY", "1000"],
      [1000.4, "JPY", "1000"],
      [2500, "HUF", "2500"],
    ] as const;

    it.each(VALUES)("%d %s are %s at PayPal", async (amount, currency, value) => {
      const store = shop();
      await store.provider.initiatePayment({ amount, currency_code: currency.toLowerCase(), data: {} });
      const body = lastBody("orders.create") as { purchase_units: { amount: unknown }[] };
      expect(body.purchase_units[0]?.amount).toEqual({ currency_code: currency, value });
    });

    it("500 of 1000 yen are given back as 500 yen", async () => {
      const store = automatic();
      const payment = await store.pay(money(1_000n, "JPY"));
      await store.medusa.refundPayment(payment.id, money(500n, "JPY"));
      expect(lastBody("captures.refund")).toMatchObject({ amount: { currency_code: "JPY", value: "500" } });
      expect(store.booked(payment)).toMatchObject({ captured: 1_000, refunded: 500 });
    });

    it("of regions with different currencies are each paid in their own", async () => {
      const store = shop();
      const euros = await store.pay(TEN);
      const dollars = await store.pay(money(2_000n, "USD"));
      expect([store.booked(euros), store.booked(dollars)]).toMatchObject([
        { currency: "EUR", authorized: 1_000 },
        { currency: "USD", authorized: 2_000 },
      ]);
    });

    it("that rise before the payer agrees change the same order, which still names its attempt", async () => {
      const store = shop();
      const session = await store.open(TEN);
      const orders = simulator.api.ledger().length;
      const raised = await store.medusa.updatePaymentSession(session.id, money(5_000n, "EUR"));
      expect(orderIn(raised)).toBe(orderIn(session));
      expect(simulator.api.ledger()).toHaveLength(orders);
      expect(store.booked(session)).toMatchObject({ amount: 5_000, custom_id: session.data.attempt_id });
    });

    it("that rise after the payer agreed are not paid by the old agreement", async () => {
      const store = shop();
      const session = await store.open(TEN);
      await store.approve(session);
      await failure(store.medusa.updatePaymentSession(session.id, money(5_000n, "EUR")));
      const { id } = await attemptOf(store, session);
      const raised = { method: "paypal", amount: money(5_000n, "EUR"), data: undefined };
      expect(
        await failure(
          store.provider.gateway.confirmPayment(orderIn(session), raised, {
            idempotency_key: `${id}:again`,
            signal: AbortSignal.timeout(5_000),
          }),
        ),
      ).toMatchObject({
        kind: "invalid_data",
        message: expect.stringMatching(/for 10.00 EUR, not for 50.00/),
      });
      expect(store.booked(session)).toMatchObject({ authorized: 0, captured: 0 });
    });
  });

  describe("requests", () => {
    it("that make or move something carry a PayPal-Request-Id of their own", async () => {
      const before = simulator.api.requests().length;
      const store = shop();
      const payment = await store.captured();
      await store.medusa.refundPayment(payment.id);
      await store.medusa.cancelPayment((await store.pay()).id);
      const MOVING = [
        "orders.create",
        "orders.authorize",
        "authorizations.capture",
        "captures.refund",
        "authorizations.void",
      ];
      const moving = simulator.api
        .requests()
        .slice(before)
        .filter(({ operation }) => MOVING.includes(operation));
      expect(new Set(moving.map(({ operation }) => operation))).toEqual(new Set(MOVING));
      const ids = moving.map(({ request_id }) => request_id);
      expect(ids).not.toContain(null);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it("with a wrong secret fail without telling it, nor its base64", async () => {
      const secret = "a-secret-that-is-wrong-and-secret";
      const store = shop({ client_secret: secret });
      const error = await failure(store.open());
      const told = [error.message, error.stack, JSON.stringify(error), ...store.medusa.log].join("\n");
      expect(error.message).toMatch(/does not accept client_id and client_secret/);
      expect(told).not.toContain(secret);
      expect(told).not.toContain(btoa(`${CLIENT_ID}:${secret}`));
    });

    it("about an ordinary order leave no name and no address of the shopper's in any log", async () => {
      const printed: string[] = [];
      const print = (...parts: unknown[]) => void printed.push(parts.map(String).join(" "));
      for (const level of ["debug", "info", "log", "warn", "error"] as const) {
        jest.spyOn(console, level).mockImplementation(print);
      }
      const store = shop();
      const customer = { id: "cus_1", email: "grace@example.com", first_name: "Grace", last_name: "Hopper" };
      const session = await store.open(TEN, {}, { customer });
      await store.approve(session);
      const payment = await store.complete(session);
      await store.medusa.capturePayment(payment.id);
      await store.medusa.refundPayment(payment.id);
      expect([...printed, ...store.medusa.log, JSON.stringify(store.journal.calls)].join("\n")).not.toMatch(
        /Grace|Hopper|grace@|buyer|@personal|@example/i,
      );
    });

    it.each([
      ["sandbox", "api-m.sandbox.paypal.com", true],
      ["live", "api-m.paypal.com", false],
    ] as const)("go where the one option environment says: %s", async (environment, host, test_mode) => {
      const hosts: string[] = [];
      jest.spyOn(https, "request").mockImplementation((url) => {
        hosts.push((url as URL).host);
        throw new Error("Nothing leaves this machine.");
      });
      const store = shop({ environment, api_url: undefined });
      await failure(store.provider.gateway.ping(AbortSignal.timeout(1_000)));
      expect(hosts).toEqual([host]);
      expect(store.provider.gateway.clientConfig("paypal")).toMatchObject({ test_mode });
    });
  });

  describe("webhooks", () => {
    it("of a captured payment are told to Medusa with the session and the whole amount", async () => {
      const store = listening({ capture: "automatic" });
      const session = await store.open();
      await store.approve(session);
      const { id } = await attemptOf(store, session);
      await store.provider.attempts.confirm(id, { data: undefined });
      expect(await store.receive(signed(captureEvent(session)))).toMatchObject({
        action: "captured",
        data: { session_id: session.id, amount: "10.00" },
      });
    });

    it("with a wrong signature are refused and touch no session", async () => {
      const store = listening();
      const session = await store.open();
      const forged = signed(captureEvent(session), true);
      expect(await failure(store.receive(forged))).toMatchObject({ kind: "invalid_webhook" });
      const unsigned = { raw_body: forged.raw_body, headers: {} };
      expect(await failure(store.receive(unsigned))).toMatchObject({ kind: "invalid_webhook" });
      expect(await attemptOf(store, session)).toMatchObject({ status: "ready" });
    });

    it("of a refund are no payment, whatever they say", async () => {
      const store = listening();
      const session = await store.open();
      const told = await store.receive(signed(captureEvent(session, "PAYMENT.CAPTURE.REFUNDED")));
      expect(told).toEqual({ action: "not_supported" });
      expect(store.booked(session)).toMatchObject({ authorized: 0, captured: 0 });
    });

    it("are checked by the bytes that came", async () => {
      const store = listening();
      const session = await store.open();
      const { resource, ...event } = captureEvent(session);
      const text = JSON.stringify({ ...event, summary: "Zahlung über", resource }, null, 4)
        .replace("ü", "\\u00fc")
        .replace('"10.00"', "10.00");
      expect(JSON.stringify(JSON.parse(text))).not.toBe(text);
      expect(await store.receive(signed(text))).toEqual({ action: "not_supported" });
    });

    it.each([
      ["SUCCESS", "not_supported"],
      ["FAILURE", undefined],
    ])("that PayPal is asked about are its own when it answers %s", async (verification_status, action) => {
      const store = listening({ webhook_verification: "api", api_url: proxy.url });
      const session = await store.open();
      proxy.rewrite("POST", /verify-webhook-signature$/, () => JSON.stringify({ verification_status }));
      const told = store.receive(signed(captureEvent(session)));
      await (action === undefined
        ? expect(told).rejects.toMatchObject({ kind: "invalid_webhook" })
        : expect(told).resolves.toEqual({ action }));
    });

    it("that PayPal cannot be asked about just now fail so that PayPal sends them again", async () => {
      const store = listening({ webhook_verification: "api" });
      const session = await store.open();
      await simulator.api.fault({ fault: "http_503", operation: "webhooks.verify" });
      const error = await failure(store.receive(signed(captureEvent(session))));
      expect(error).toMatchObject({ kind: expect.stringMatching(/^(unknown|unavailable)$/) });
      expect(await attemptOf(store, session)).toMatchObject({ status: "ready" });
    });

    it.each([
      ["live", "https://api.paypal.com", true],
      ["live", "https://api-m.paypal.com", true],
      ["live", "https://api.paypal.com.evil.example", false],
      ["live", "https://api.sandbox.paypal.com", false],
      ["sandbox", "https://api.sandbox.paypal.com", true],
      ["sandbox", "https://api-m.sandbox.paypal.com", true],
    ] as const)(
      "in %s may be signed with a certificate at %s: %s",
      async (environment, origin, is_allowed) => {
        const hosts: string[] = [];
        jest.spyOn(https, "request").mockImplementation((url) => {
          hosts.push((url as URL).origin);
          throw new Error("Nothing leaves this machine.");
        });
        const keys = new WebhookCertificates({
          environment,
          webhook_certificate_origins: [],
          webhook_root_certificates: [],
        });
        await failure(keys.keyAt(`${origin}/v1/notifications/certs/CERT-1`));
        expect(hosts).toEqual(is_allowed ? [origin] : []);
      },
    );
  });

  async function attemptOf(store: PaypalShop, { data }: Pick<SessionRow, "data">) {
    const attempt = await store.journal.findAttempt({ id: String(data.attempt_id) });
    if (!attempt) {
      throw new Error("The session has no attempt.");
    }
    return attempt;
  }
});

/** An order's answer with another status in all its captures or authorizations. */
function withStatus(text: string, moves: "captures" | "authorizations", status: string): string {
  const order = JSON.parse(text) as {
    purchase_units?: { payments?: Partial<Record<typeof moves, { status: string }[]>> }[];
  };
  for (const { payments } of order.purchase_units ?? []) {
    payments?.[moves]?.forEach((move) => Object.assign(move, { status }));
  }
  return JSON.stringify(order);
}
