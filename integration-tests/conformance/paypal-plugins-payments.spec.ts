import { inspect } from "node:util";
import { money } from "../../src/gateway";
import { errorOf } from "../../src/providers/paypal/__tests__/support";
import { CARD } from "../support/paypal-card-fields";
import { HUNDRED, TEN, withPayPalPlugins, withStatus } from "../support/paypal-plugins";
import { orderIn } from "../support/paypal-shop";

const ECHECK = { funding: { kind: "pending", reason: "ECHECK" } } as const;

/** What a shopper sends, and what PayPal says of a payment. */
withPayPalPlugins((on) => {
  const { asked, attemptOf, automatic, captureOf, lastBody, shop } = on;

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
        await errorOf(store.complete(session));
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
      await errorOf(store.complete(session));
      await on.simulator.api.fault({ fault: "http_503", operation: "*" });
      await errorOf(store.complete(session));
      await on.simulator.api.clearFaults();
      expect(store.booked(session)).toMatchObject(NOTHING);
      expect(store.medusa.payments.size).toBe(0);
    });

    it("the id of an order that was paid for another cart pays nothing", async () => {
      const store = automatic();
      const cheap = await store.pay(money(100n, "EUR"));
      const foreign = orderIn(cheap);
      const session = await store.open(money(50_000n, "EUR"), {
        order_id: foreign,
        id: foreign,
        gateway_reference: foreign,
        paypal: { order_id: foreign },
        client: { order_id: foreign },
      });
      expect(orderIn(session)).not.toBe(foreign);
      await errorOf(store.complete(session));
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
      const before = on.simulator.api.requests().length;
      const { id } = await attemptOf(store, session);
      await store.provider.attempts.confirm(id, { data: { card, payment_source: { card } } });
      const sent = [lastBody("orders.create"), ...on.simulator.api.requests().slice(before)];
      const kept = [session, await attemptOf(store, session), store.journal.calls];
      expect(inspect([sent, kept, store.medusa.log], { depth: null })).not.toMatch(
        /4111111111111111|\b987\b/,
      );
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
      await errorOf(store.complete(session));
      await errorOf(
        store.provider.capturePayment({ data: session.data, context: { idempotency_key: "capt_1" } }),
      );
      expect(store.booked(session)).toMatchObject({ authorized: 0, captured: 0, operations: [] });
    });

    it("a capture that PayPal holds back is not booked, and is once the money has come", async () => {
      const store = automatic();
      const session = await store.open();
      await store.approve(session, { approval: ECHECK });
      await errorOf(store.complete(session));
      expect(store.booked(session)).toMatchObject({ captured: 0, pending: 1_000 });
      expect(await store.read(session)).toMatchObject({ status: "pending", captured: money(0n, "EUR") });
      on.simulator.api.completePending(captureOf(session));
      const payment = await store.complete(session);
      expect(store.medusa.recorded("captures", payment)).toBe(1_000n);
      expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
    });

    it("a capture that an operator asks for and PayPal holds back throws, and is not booked", async () => {
      const store = shop();
      const payment = await store.pay(HUNDRED);
      on.simulator.api.fund(orderIn(payment), ECHECK.funding);
      expect((await errorOf(store.medusa.capturePayment(payment.id))).message).toMatch(
        /PayPal holds the capture back \(ECHECK\)/,
      );
      expect(store.medusa.recorded("captures", payment)).toBe(0n);
      expect(store.booked(payment)).toMatchObject({ captured: 0, pending: 10_000, captures: 1 });
    });

    it.each(["DECLINED", "FAILED"])(
      "a capture that PayPal answers with 201 and %s throws, and is not booked",
      async (status) => {
        const store = shop({ api_url: on.proxy.url });
        const payment = await store.pay();
        on.proxy.rewrite("POST", /\/capture$/, (text) => text.replace('"COMPLETED"', `"${status}"`));
        on.proxy.rewrite("GET", /\/orders\//, (text) => withStatus(text, "captures", status));
        expect((await errorOf(store.medusa.capturePayment(payment.id))).message).toMatch(
          /PayPal refused the capture/,
        );
        expect(store.medusa.recorded("captures", payment)).toBe(0n);
      },
    );

    it.each(["DECLINED", "FAILED"])(
      "an order that is completed with a capture that is %s is a refusal",
      async (status) => {
        const store = automatic({ api_url: on.proxy.url });
        const session = await store.open();
        await store.approve(session);
        for (const method of ["POST", "GET"]) {
          on.proxy.rewrite(method, /\/orders\//, (text) => withStatus(text, "captures", status));
        }
        expect(await errorOf(store.complete(session))).toMatchObject({ type: "payment_authorization_error" });
        expect(await attemptOf(store, session)).toMatchObject({ status: "declined" });
        expect(store.medusa.payments.size).toBe(0);
      },
    );

    it("a card that its issuer refuses within a completed order is a refusal, with the processor's reason", async () => {
      const store = automatic();
      const session = await store.open(TEN, { method: "card" });
      await store.approve(session, { card: { ...CARD, name: "CCREJECT-IF" } });
      expect(await errorOf(store.complete(session))).toMatchObject({ type: "payment_authorization_error" });
      expect(await attemptOf(store, session)).toMatchObject({
        status: "declined",
        decline: { category: "funds_limit", code: "5120" },
      });
      expect(store.booked(session)).toMatchObject({ status: "COMPLETED", captured: 0 });
    });

    it("an authorization under review captures nothing, and one that is then denied is gone", async () => {
      const store = shop({ api_url: on.proxy.url });
      const session = await store.open();
      await store.approve(session, {
        approval: { funding: { kind: "pending", reason: "PENDING_REVIEW" } },
      });
      await errorOf(store.complete(session));
      expect(await store.read(session)).toMatchObject({
        status: "pending",
        authorized: money(0n, "EUR"),
      });
      on.proxy.rewrite("GET", /\/orders\//, (text) => withStatus(text, "authorizations", "DENIED"));
      expect(await store.read(session)).toMatchObject({ status: "declined" });
      await errorOf(store.complete(session));
      expect(store.medusa.payments.size).toBe(0);
    });

    it("while PayPal is down a capture throws, and is not booked", async () => {
      const store = shop();
      const payment = await store.pay();
      await on.simulator.api.fault({ fault: "http_503", operation: "*" });
      await errorOf(store.medusa.capturePayment(payment.id));
      await on.simulator.api.clearFaults();
      expect(store.medusa.recorded("captures", payment)).toBe(0n);
      expect(store.booked(payment)).toMatchObject({ captured: 0, authorized: 1_000 });
    });

    it.each(["http_500_after", "reset_after"] as const)(
      "money that was taken while the answer was lost (%s) is found, and no other order is made",
      async (fault) => {
        const store = automatic();
        const session = await store.open();
        await store.approve(session);
        const orders = on.simulator.api.ledger().length;
        await on.simulator.api.fault({ fault, operation: "orders.capture", times: 1 });
        await store.complete(session).catch(() => store.complete(session));
        expect(await attemptOf(store, session)).toMatchObject({ status: "captured" });
        expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
        expect(on.simulator.api.ledger()).toHaveLength(orders);
      },
    );

    it("a PayPal that never answers is not waited for without end, and what it did is read afterwards", async () => {
      const store = automatic({ timeout_ms: 500 });
      const session = await store.open();
      await store.approve(session);
      await on.simulator.api.fault({ fault: "black_hole_after", operation: "orders.capture", times: 1 });
      const began_at = Date.now();
      await expect(store.complete(session)).rejects.toThrow();
      expect(Date.now() - began_at).toBeLessThan(5_000);
      const { status } = await attemptOf(store, session);
      expect(["unknown", "captured"]).toContain(status);
      expect((await store.provider.getPaymentStatus({ data: session.data })).status).toBe("captured");
      expect(store.booked(session)).toMatchObject({ captured: 1_000, captures: 1 });
    });
  });
});
