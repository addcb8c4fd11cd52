import { randomUUID } from "node:crypto";
import https from "node:https";
import type { PaymentJournal } from "../../src/gateway";
import { WebhookCertificates } from "../../src/providers/paypal/webhook-certificates";
import { errorOf } from "../../src/providers/paypal/__tests__/support";
import type { Route } from "../simulators/paypal/http/route";
import { ROUTES } from "../simulators/paypal/http/routes";
import { setClock } from "../support/clock";
import { TEN, withPayPalPlugins } from "../support/paypal-plugins";
import { CLIENT_ID } from "../support/paypal-shop";
import { watchWritten } from "../support/written";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * All operations for which PayPal keeps ids, but the one that Tender has no use for: what is kept for next time is kept by
 * paying an order.
 */
const TAKE_A_REQUEST_ID = Object.entries<Route>(ROUTES)
  .filter(([operation, { keys_kept_ms }]) => keys_kept_ms && operation !== "payment_tokens.create")
  .map(([operation]) => operation);

/** What goes to PayPal and into logs, and what comes from PayPal unasked. */
withPayPalPlugins((on) => {
  const { attemptOf, captureEvent, listening, shop, signed } = on;

  describe("requests", () => {
    it("that make or move something carry a PayPal-Request-Id of their own", async () => {
      const before = on.simulator.api.requests().length;
      const store = shop({ saved_methods: true });
      const customer = { id: "cus_1", email: "ada@example.com" };
      await store.provider.createAccountHolder?.({ context: { customer } });
      const payment = await store.captured();
      await store.medusa.refundPayment(payment.id);
      await store.medusa.cancelPayment((await store.pay()).id);
      await on.automatic().pay();
      const old = await store.pay();
      setClock(Date.now() + 4 * DAY_MS);
      await store.medusa.capturePayment(old.id);
      const moving = on.simulator.api
        .requests()
        .slice(before)
        .filter(({ operation }) => TAKE_A_REQUEST_ID.includes(operation));
      expect(new Set(moving.map(({ operation }) => operation))).toEqual(new Set(TAKE_A_REQUEST_ID));
      const ids = moving.map(({ request_id }) => request_id);
      expect(ids).not.toContain(null);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it("with a wrong secret fail without telling it, nor its base64", async () => {
      const secret = "a-secret-that-is-wrong-and-secret";
      const store = shop({ client_secret: secret });
      const error = await errorOf(store.open());
      const told = [error.message, error.stack, JSON.stringify(error), ...store.medusa.log].join("\n");
      expect(error.message).toMatch(/does not accept client_id and client_secret/);
      expect(told).not.toContain(secret);
      expect(told).not.toContain(btoa(`${CLIENT_ID}:${secret}`));
    });

    it("about an ordinary order leave no name and no address of the shopper's in any log", async () => {
      const written = watchWritten();
      const store = shop();
      // As a cart of Tender's own checkout is told of, with an address that PayPal refuses and the gateway warns of.
      const journal: PaymentJournal = store.journal;
      jest.spyOn(journal, "takeStartData").mockReturnValueOnce({
        data: undefined,
        order: {
          breakdown: {
            lines: [{ name: "Compiler", quantity: 1, unit_amount_minor: 1_000n, kind: "physical" }],
            shipping_minor: 0n,
            tax_minor: 0n,
            handling_minor: 0n,
            discount_minor: 0n,
          },
          ship_to: { name: "Grace Hopper", line_1: "Navy Yard 1", city: "Arlington", country: "DE" },
        },
      });
      const customer = { id: "cus_1", email: "grace@example.com", first_name: "Grace", last_name: "Hopper" };
      const attempt_id = `payatt_${randomUUID()}`;
      const tender = { cart_id: "cart_1", payment_collection_id: "pay_col_1", attempt_id, method: "paypal" };
      const session = await store.open(TEN, {}, { customer, tender });
      await store.approve(session);
      const payment = await store.complete(session);
      await store.medusa.capturePayment(payment.id);
      await store.medusa.refundPayment(payment.id);
      const logged = [...written, ...store.medusa.log].join("\n");
      expect(logged).toContain(`PayPal refuses to be told what ${attempt_id} is for`);
      const name_or_address = /Grace|Hopper|grace@|buyer|@personal|@example|Navy Yard|Arlington/i;
      expect([logged, JSON.stringify(store.journal.calls)].join("\n")).not.toMatch(name_or_address);
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
      await errorOf(store.provider.gateway.ping(AbortSignal.timeout(1_000)));
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
      expect(await errorOf(store.receive(forged))).toMatchObject({ kind: "invalid_webhook" });
      const unsigned = { raw_body: forged.raw_body, headers: {} };
      expect(await errorOf(store.receive(unsigned))).toMatchObject({ kind: "invalid_webhook" });
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
      const store = listening({ webhook_verification: "api", api_url: on.proxy.url });
      const session = await store.open();
      on.proxy.rewrite("POST", /verify-webhook-signature$/, () => JSON.stringify({ verification_status }));
      const told = store.receive(signed(captureEvent(session)));
      await (action === undefined
        ? expect(told).rejects.toMatchObject({ kind: "invalid_webhook" })
        : expect(told).resolves.toEqual({ action }));
    });

    it("that PayPal cannot be asked about just now fail so that PayPal sends them again", async () => {
      const store = listening({ webhook_verification: "api" });
      const session = await store.open();
      await on.simulator.api.fault({ fault: "http_503", operation: "webhooks.verify" });
      const error = await errorOf(store.receive(signed(captureEvent(session))));
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
        await errorOf(keys.keyAt(`${origin}/v1/notifications/certs/CERT-1`));
        expect(hosts).toEqual(is_allowed ? [origin] : []);
      },
    );
  });
});
