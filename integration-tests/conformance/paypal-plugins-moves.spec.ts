import { money } from "../../src/gateway";
import { errorOf } from "../../src/providers/paypal/__tests__/support";
import { HUNDRED, TEN, withPayPalPlugins } from "../support/paypal-plugins";
import { orderIn } from "../support/paypal-shop";

/** Money that an operator moves, and how much of it. */
withPayPalPlugins((on) => {
  const { asked, attemptOf, automatic, captureOf, lastBody, shop } = on;

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
      await errorOf(
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
      await errorOf(store.medusa.refundPayment(payment.id));
      expect(store.medusa.recorded("refunds", payment)).toBe(0n);
      expect(asked("captures.refund")).toHaveLength(before);
    });

    it("that PayPal answers with 201 and FAILED throw, none is booked, and the next one goes through", async () => {
      const store = shop({ api_url: on.proxy.url });
      const payment = await store.captured();
      // As if PayPal had refused it: its own books know nothing of the refund either.
      on.proxy.rewrite("POST", /\/refund$/, (text) => {
        on.simulator.api.failRefund((JSON.parse(text) as { id: string }).id);
        return text.replace('"COMPLETED"', '"FAILED"');
      });
      expect((await errorOf(store.medusa.refundPayment(payment.id))).message).toMatch(
        /PayPal could not make the refund/,
      );
      expect(store.medusa.recorded("refunds", payment)).toBe(0n);
      on.proxy.clear();
      await store.medusa.refundPayment(payment.id, money(200n, "EUR"));
      expect(store.booked(payment)).toMatchObject({ refunded: 200 });
    });

    it("whose answer was lost are made once, also when they are asked for again", async () => {
      const store = shop();
      const payment = await store.captured();
      await on.simulator.api.fault({ fault: "http_500_after", operation: "captures.refund", times: 1 });
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
      await on.simulator.api.fault({ fault: "http_503", operation: "*" });
      await errorOf(store.medusa.cancelPayment(payment.id));
      await on.simulator.api.clearFaults();
      expect(store.booked(payment)).toMatchObject({ authorized: 1_000, voided: 0 });

      const taken = automatic();
      const paid = await taken.pay();
      await errorOf(taken.medusa.cancelPayment(paid.id));
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
      const orders = on.simulator.api.ledger().length;
      const raised = await store.medusa.updatePaymentSession(session.id, money(5_000n, "EUR"));
      expect(orderIn(raised)).toBe(orderIn(session));
      expect(on.simulator.api.ledger()).toHaveLength(orders);
      expect(store.booked(session)).toMatchObject({ amount: 5_000, custom_id: session.data.attempt_id });
    });

    it("that rise after the payer agreed are not paid by the old agreement", async () => {
      const store = shop();
      const session = await store.open(TEN);
      await store.approve(session);
      await errorOf(store.medusa.updatePaymentSession(session.id, money(5_000n, "EUR")));
      const { id } = await attemptOf(store, session);
      const raised = { method: "paypal", amount: money(5_000n, "EUR"), data: undefined };
      expect(
        await errorOf(
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
});
