import { randomUUID } from "node:crypto";
import { CheckoutPaymentIntent } from "@paypal/paypal-server-sdk";
import { startPaypalSimulator, type PaypalSimulator } from "..";
import {
  accessToken,
  authorizedOrder,
  capturedOrder,
  captureIdOf,
  DAY_MS,
  idOf,
  paypalOf,
  refusalOf,
  walletOrder,
  WHOLE,
  type Paypal,
} from "./support";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator();
});

/** Tokens expire within hours, and the SDK keeps its own; every test begins with a new one. */
beforeEach(() => {
  paypal = paypalOf(simulator);
});

afterAll(() => simulator.stop());

describe("an authorization", () => {
  it("is captured in parts until the last one", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    const first = await capture(authorization_id, "5.00");
    expect(first.result).toMatchObject({ status: "COMPLETED" });
    expect(
      (await paypal.payments.getAuthorizedPayment({ authorizationId: authorization_id })).result.status,
    ).toBe("PARTIALLY_CAPTURED");
    await capture(authorization_id, "7.00", true);
    const late = await refusalOf(capture(authorization_id, "1.00"));
    expect(late).toMatchObject({ status: 422, issue: "AUTHORIZATION_ALREADY_CAPTURED" });
    expect(ledgerRow(order_id)).toMatchObject({ captured: 1200n, authorized: 0n, voided: 800n, captures: 2 });
  });

  it.each([
    ["EUR", "100.00", "115.00", "115.01"],
    ["USD", "1000.00", "1075.00", "1075.01"],
  ])("in %s of %s is captured up to %s and not for %s", async (currency, value, most, over) => {
    const { authorization_id } = await authorizedOrder(paypal, simulator, value, currency);
    const refusal = await refusalOf(capture(authorization_id, over, false, currency));
    expect(refusal).toMatchObject({
      status: 422,
      issue: "MAX_CAPTURE_AMOUNT_EXCEEDED",
      field: "/amount/value",
    });
    await capture(authorization_id, most, true, currency);
  });

  it.each([
    ["JPY", "100.50", "DECIMALS_NOT_SUPPORTED"],
    ["JPY", "0", "CANNOT_BE_ZERO_OR_NEGATIVE"],
    ["EUR", "1.00", "AUTH_CAPTURE_CURRENCY_MISMATCH"],
  ])("in JPY is not captured for %s %s", async (currency, value, issue) => {
    const { authorization_id } = await authorizedOrder(paypal, simulator, "1000", "JPY");
    expect((await refusalOf(capture(authorization_id, value, false, currency))).issue).toBe(issue);
  });

  it("is voided, once, and not after it was captured", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    const answer = await paypal.payments.voidPayment({ authorizationId: authorization_id });
    expect(answer.statusCode).toBe(204);
    const again = await refusalOf(paypal.payments.voidPayment({ authorizationId: authorization_id }));
    expect(again.issue).toBe("PREVIOUSLY_VOIDED");
    expect((await refusalOf(capture(authorization_id, "1.00"))).issue).toBe("AUTHORIZATION_VOIDED");
    expect(ledgerRow(order_id)).toMatchObject({ voided: 2000n, authorized: 0n, captured: 0n });
    const taken = await authorizedOrder(paypal, simulator);
    await capture(taken.authorization_id, "20.00", true);
    const refusal = await refusalOf(paypal.payments.voidPayment({ authorizationId: taken.authorization_id }));
    expect(refusal.issue).toBe("PREVIOUSLY_CAPTURED");
  });

  it("is voided with its whole as an answer when that is asked for", async () => {
    const { authorization_id } = await authorizedOrder(paypal, simulator);
    const answer = await paypal.payments.voidPayment({ authorizationId: authorization_id, prefer: WHOLE });
    expect(answer).toMatchObject({ statusCode: 200, result: { status: "VOIDED" } });
  });

  it("is reauthorized after the honor period, on itself only, and its captures count together", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    const early = await refusalOf(paypal.payments.reauthorizePayment({ authorizationId: authorization_id }));
    expect(early.issue).toBe("REAUTHORIZATION_TOO_SOON");
    advance(4);
    const { result } = await paypal.payments.reauthorizePayment({
      authorizationId: authorization_id,
      prefer: WHOLE,
    });
    expect(result).toMatchObject({ status: "CREATED", amount: { value: "20.00" } });
    advance(4);
    const nested = await refusalOf(paypal.payments.reauthorizePayment({ authorizationId: idOf(result) }));
    expect(nested.issue).toBe("REAUTHORIZATION_NOT_SUPPORTED");
    expect((await refusalOf(paypal.payments.voidPayment({ authorizationId: idOf(result) }))).issue).toBe(
      "CANNOT_BE_VOIDED",
    );
    await capture(idOf(result), "20.00", true);
    expect((await refusalOf(capture(authorization_id, "20.00"))).issue).toBe(
      "AUTHORIZATION_ALREADY_CAPTURED",
    );
    expect(ledgerRow(order_id)).toMatchObject({ captured: 2000n, authorizations: 1, reauthorizations: 1 });
  });

  it("may be refused after the honor period and not within it", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    simulator.api.fund(order_id, { kind: "refused", issue: "TRANSACTION_REFUSED" });
    await capture(authorization_id, "5.00");
    advance(4);
    expect((await refusalOf(capture(authorization_id, "5.00"))).issue).toBe("TRANSACTION_REFUSED");
  });

  it("ends after 29 days, which is told as a void", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    advance(30);
    expect((await refusalOf(capture(authorization_id, "5.00"))).issue).toBe("AUTHORIZATION_EXPIRED");
    expect(simulator.api.events().at(-1)).toMatchObject({
      event_type: "PAYMENT.AUTHORIZATION.VOIDED",
      resource: { id: authorization_id, status: "VOIDED" },
    });
    expect(ledgerRow(order_id)).toMatchObject({ voided: 2000n, authorized: 0n });
  });
});

describe("a capture", () => {
  it("is refunded in parts, never above what is left", async () => {
    const { order_id, capture_id } = await capturedOrder(paypal, simulator);
    await refund(capture_id, "5.00");
    expect((await paypal.payments.getCapturedPayment({ captureId: capture_id })).result.status).toBe(
      "PARTIALLY_REFUNDED",
    );
    const over = await refusalOf(refund(capture_id, "15.01"));
    expect(over).toMatchObject({ status: 422, issue: "REFUND_AMOUNT_EXCEEDED", field: "/amount/value" });
    const { result } = await refund(capture_id);
    expect(result).toMatchObject({ status: "COMPLETED", amount: { value: "15.00" } });
    expect((await refusalOf(refund(capture_id))).issue).toBe("CAPTURE_FULLY_REFUNDED");
    expect(ledgerRow(order_id)).toMatchObject({ captured: 2000n, refunded: 2000n });
  });

  it("of the most there is, which no float can hold, is exact to the cent", async () => {
    const most = walletOrder(CheckoutPaymentIntent.Capture, "999999999999999.99");
    const { order_id, capture_id } = await capturedOrder(paypal, simulator, most);
    await refund(capture_id, "0.02");
    expect(ledgerRow(order_id)).toMatchObject({ captured: 99_999_999_999_999_999n, refunded: 2n });
    const { result } = await refund(capture_id);
    expect(result).toMatchObject({
      amount: { value: "999999999999999.97" },
      sellerPayableBreakdown: { totalRefundedAmount: { value: "999999999999999.99" } },
    });
  });

  it("cannot be refunded after 180 days, or in another currency", async () => {
    const { capture_id } = await capturedOrder(paypal, simulator);
    expect((await refusalOf(refund(capture_id, "1.00", "USD"))).issue).toBe(
      "REFUND_CAPTURE_CURRENCY_MISMATCH",
    );
    advance(181);
    expect((await refusalOf(refund(capture_id))).issue).toBe("REFUND_TIME_LIMIT_EXCEEDED");
  });

  it("by eCheck is pending until the money arrives, and its refund is pending for some days", async () => {
    const { order_id, capture_id } = await pendingCapture();
    expect((await refusalOf(refund(capture_id))).issue).toBe("PENDING_CAPTURE");
    expect(ledgerRow(order_id)).toMatchObject({ captured: 0n, pending: 2000n });
    simulator.api.completePending(capture_id);
    expect(ledgerRow(order_id)).toMatchObject({ captured: 2000n, pending: 0n });
    const { result } = await refund(capture_id);
    expect(result.status).toBe("PENDING");
    advance(4);
    expect((await paypal.payments.getRefund({ refundId: idOf(result) })).result.status).toBe("COMPLETED");
  });

  it("by eCheck is denied when the money does not arrive", async () => {
    const { order_id, capture_id } = await pendingCapture();
    simulator.api.denyPending(capture_id);
    expect(ledgerRow(order_id)).toMatchObject({ captured: 0n, pending: 0n });
    expect(simulator.api.events().at(-1)).toMatchObject({ event_type: "PAYMENT.CAPTURE.DENIED" });
    expect((await refusalOf(refund(capture_id))).issue).toBe("REFUND_NOT_ALLOWED");
  });

  it("has its money again when a refund fails", async () => {
    const { order_id, capture_id } = await capturedOrder(paypal, simulator);
    const { result } = await refund(capture_id, "8.00");
    simulator.api.failRefund(idOf(result));
    expect((await paypal.payments.getRefund({ refundId: idOf(result) })).result.status).toBe("FAILED");
    expect(ledgerRow(order_id)).toMatchObject({ captured: 2000n, refunded: 0n });
    expect(simulator.api.events().at(-1)).toMatchObject({ event_type: "PAYMENT.REFUND.FAILED" });
  });

  it("can be made, voided and refunded in the dashboard, past the shop", async () => {
    const { order_id, authorization_id } = await authorizedOrder(paypal, simulator);
    const capture_id = simulator.api.dashboard.capture(authorization_id, 1500n);
    simulator.api.dashboard.refund(capture_id, 500n);
    expect(ledgerRow(order_id)).toMatchObject({
      captured: 1500n,
      refunded: 500n,
      operations: [
        { operation: "orders.authorize" },
        { operation: "dashboard.capture", request_id: null, amount: 1500n },
        { operation: "dashboard.refund", amount: 500n },
      ],
    });
  });
});

describe("a dispute", () => {
  it("is listed for its capture, forbids partial refunds, and takes the money when it is lost", async () => {
    const { order_id, capture_id } = await capturedOrder(paypal, simulator);
    const dispute_id = simulator.api.openDispute(capture_id, { reason: "UNAUTHORISED", amount: 1500n });
    expect((await refusalOf(refund(capture_id, "1.00"))).issue).toBe("TRANSACTION_DISPUTED");
    expect(await disputesOf(capture_id)).toMatchObject({
      items: [{ dispute_id, reason: "UNAUTHORISED", dispute_state: "REQUIRED_ACTION" }],
    });
    simulator.api.answerDispute(dispute_id);
    simulator.api.closeDispute(dispute_id, "lost");
    expect(ledgerRow(order_id)).toMatchObject({ captured: 2000n, refunded: 0n, reversed: 1500n });
    expect(
      simulator.api
        .events()
        .map(({ event_type }) => event_type)
        .slice(-4),
    ).toEqual([
      "CUSTOMER.DISPUTE.CREATED",
      "CUSTOMER.DISPUTE.UPDATED",
      "PAYMENT.CAPTURE.REVERSED",
      "CUSTOMER.DISPUTE.RESOLVED",
    ]);
  });

  it("leaves the money when it is won", async () => {
    const { order_id, capture_id } = await capturedOrder(paypal, simulator);
    simulator.api.closeDispute(simulator.api.openDispute(capture_id), "won");
    expect(ledgerRow(order_id)).toMatchObject({ reversed: 0n });
    expect(simulator.api.events().at(-1)).toMatchObject({
      resource: { dispute_outcome: { outcome_code: "RESOLVED_SELLER_FAVOUR" } },
    });
  });
});

async function pendingCapture(): Promise<{ order_id: string; capture_id: string }> {
  const order_id = idOf(
    (await paypal.orders.createOrder({ body: walletOrder(), paypalRequestId: randomUUID() })).result,
  );
  simulator.api.approve(order_id, { funding: { kind: "pending", reason: "ECHECK" } });
  const { result } = await paypal.orders.captureOrder({ id: order_id, prefer: WHOLE });
  return { order_id, capture_id: captureIdOf(result) };
}

function capture(
  authorizationId: string,
  value: string,
  finalCapture = false,
  currencyCode = "EUR",
): ReturnType<Paypal["payments"]["captureAuthorizedPayment"]> {
  const body = { amount: { currencyCode, value }, finalCapture };
  return paypal.payments.captureAuthorizedPayment({ authorizationId, paypalRequestId: randomUUID(), body });
}

function refund(
  captureId: string,
  value?: string,
  currencyCode = "EUR",
): ReturnType<Paypal["payments"]["refundCapturedPayment"]> {
  const body = value === undefined ? {} : { amount: { currencyCode, value } };
  return paypal.payments.refundCapturedPayment({
    captureId,
    paypalRequestId: randomUUID(),
    prefer: WHOLE,
    body,
  });
}

async function disputesOf(capture_id: string): Promise<unknown> {
  const url = `${simulator.url}/v1/customer/disputes?disputed_transaction_id=${capture_id}`;
  const headers = { authorization: `Bearer ${await accessToken(simulator)}` };
  return (await fetch(url, { headers })).json();
}

/** Days go by, and the SDK's token with them. */
function advance(days: number): void {
  simulator.api.advance(days * DAY_MS);
  paypal = paypalOf(simulator);
}

function ledgerRow(id: string): ReturnType<PaypalSimulator["api"]["ledger"]>[number] | undefined {
  return simulator.api.ledger().find((row) => row.id === id);
}
