import { randomUUID } from "node:crypto";
import { ApiError, CheckoutPaymentIntent, ResponseValidationError } from "@paypal/paypal-server-sdk";
import { startPaypalSimulator, type PaypalSimulator } from "..";
import { publishedOperation } from "../contract/specifications";
import { issuesOf } from "../contract/issues";
import {
  accessToken,
  approvedOrder,
  authorizedOrder,
  capturedOrder,
  idOf,
  paypalOf,
  refusalOf,
  walletOrder,
  type Paypal,
} from "./support";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator();
  paypal = paypalOf(simulator);
});

beforeEach(() => simulator.api.clearFaults());

afterAll(() => simulator.stop());

describe("a repeated PayPal-Request-Id", () => {
  it("is answered with the latest state of what it made, whatever its body says", async () => {
    const paypalRequestId = randomUUID();
    const first = await paypal.orders.createOrder({ body: walletOrder(), paypalRequestId });
    expect(first.statusCode).toBe(201);
    simulator.api.approve(idOf(first.result));
    const other = walletOrder(CheckoutPaymentIntent.Capture, "99.00");
    const again = await paypal.orders.createOrder({ body: other, paypalRequestId });
    expect(again).toMatchObject({ statusCode: 200, result: { id: first.result.id, status: "APPROVED" } });
    expect(simulator.api.requests().at(-1)).toMatchObject({ replayed: true, request_id: paypalRequestId });
  });

  it("captures once", async () => {
    const { order_id, authorization_id: authorizationId } = await authorizedOrder(paypal, simulator);
    const paypalRequestId = randomUUID();
    const capture = (): ReturnType<Paypal["payments"]["captureAuthorizedPayment"]> =>
      paypal.payments.captureAuthorizedPayment({
        authorizationId,
        paypalRequestId,
        body: { amount: { currencyCode: "EUR", value: "5.00" } },
      });
    const [first, second] = [await capture(), await capture()];
    expect(second).toMatchObject({ statusCode: 201, result: { id: first.result.id } });
    expect(ledgerRow(order_id)).toMatchObject({ captured: 500n, captures: 1 });
    expect(ledgerRow(order_id)?.operations.at(-1)).toMatchObject({
      operation: "authorizations.capture",
      request_id: paypalRequestId,
    });
  });

  it("is in progress while the first is worked on, and so is its resource for others", async () => {
    const { capture_id: captureId } = await capturedOrder(paypal, simulator);
    await simulator.api.fault({ fault: "latency", value_ms: 300, operation: "captures.refund", times: 1 });
    const paypalRequestId = randomUUID();
    const first = paypal.payments.refundCapturedPayment({ captureId, paypalRequestId });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const same = await refusalOf(paypal.payments.refundCapturedPayment({ captureId, paypalRequestId }));
    const other = await refusalOf(
      paypal.payments.refundCapturedPayment({ captureId, paypalRequestId: randomUUID() }),
    );
    expect(same).toMatchObject({ status: 409, issue: "PREVIOUS_REQUEST_IN_PROGRESS" });
    expect(other).toMatchObject({ status: 409, name: "RESOURCE_CONFLICT" });
    expect((await first).statusCode).toBe(201);
  });

  it("is not remembered when it was refused", async () => {
    const paypalRequestId = randomUUID();
    const id = idOf(
      (await paypal.orders.createOrder({ body: walletOrder(), paypalRequestId: randomUUID() })).result,
    );
    await refusalOf(paypal.orders.captureOrder({ id, paypalRequestId }));
    simulator.api.approve(id);
    expect((await paypal.orders.captureOrder({ id, paypalRequestId })).result.status).toBe("COMPLETED");
  });
});

describe("a fault", () => {
  it.each([
    ["http_500", 500],
    ["http_503", 503],
    ["http_429", 429],
    ["http_409", 409],
    ["http_502_html", 502],
  ] as const)("%s before does nothing", async (fault, statusCode) => {
    const id = await approvedOrder(paypal, simulator);
    await simulator.api.fault({ fault, operation: "orders.capture", times: 1 });
    await expect(paypal.orders.captureOrder({ id })).rejects.toMatchObject({ statusCode });
    expect(ledgerRow(id)).toMatchObject({ captured: 0n });
    await paypal.orders.captureOrder({ id });
  });

  it.each(["http_500_after", "http_502_html_after", "reset_after", "malformed", "mistyped"] as const)(
    "%s leaves money moved, and the same id finds it",
    async (fault) => {
      const id = await approvedOrder(paypal, simulator);
      const paypalRequestId = randomUUID();
      await simulator.api.fault({ fault, operation: "orders.capture", times: 1 });
      await expect(paypal.orders.captureOrder({ id, paypalRequestId })).rejects.toThrow();
      expect(ledgerRow(id)).toMatchObject({ captured: 2000n, captures: 1 });
      const again = await paypal.orders.captureOrder({ id, paypalRequestId });
      expect(again).toMatchObject({ statusCode: 200, result: { status: "COMPLETED" } });
      expect(ledgerRow(id)).toMatchObject({ captures: 1 });
    },
  );

  it("mistyped makes the SDK refuse a success", async () => {
    const id = await approvedOrder(paypal, simulator);
    await simulator.api.fault({ fault: "mistyped", operation: "orders.*", times: 1 });
    await expect(paypal.orders.captureOrder({ id })).rejects.toBeInstanceOf(ResponseValidationError);
  });

  it("black_hole never answers, and refuse closes the port", async () => {
    await simulator.api.fault({ fault: "black_hole", operation: "orders.get", times: 1 });
    const token = await accessToken(simulator);
    const get = (): Promise<Response> =>
      fetch(`${simulator.url}/v2/checkout/orders/5O190127TN364715T`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(300),
      });
    await expect(get()).rejects.toThrow();
    await simulator.api.fault({ fault: "refuse" });
    await expect(get()).rejects.toThrow();
    await simulator.api.clearFaults();
    expect((await get()).status).toBe(404);
  });

  it("strikes one account and one operation, as often as it was told to", async () => {
    await simulator.api.fault({ fault: "http_500", operation: "oauth.token", times: 1 });
    await expect(paypalOf(simulator).orders.getOrder({ id: "X" })).rejects.toBeInstanceOf(ApiError);
    expect((await refusalOf(paypalOf(simulator).orders.getOrder({ id: "X" }))).status).toBe(404);
  });
});

describe("PayPal-Mock-Response", () => {
  it.each([
    ["POST", "/v2/checkout/orders"],
    ["GET", "/v2/checkout/orders/:id"],
    ["PATCH", "/v2/checkout/orders/:id"],
    ["POST", "/v2/checkout/orders/:id/confirm-payment-source"],
    ["POST", "/v2/checkout/orders/:id/authorize"],
    ["POST", "/v2/checkout/orders/:id/capture"],
    ["GET", "/v2/payments/authorizations/:id"],
    ["POST", "/v2/payments/authorizations/:id/capture"],
    ["POST", "/v2/payments/authorizations/:id/reauthorize"],
    ["POST", "/v2/payments/authorizations/:id/void"],
    ["GET", "/v2/payments/captures/:id"],
    ["POST", "/v2/payments/captures/:id/refund"],
    ["GET", "/v2/payments/refunds/:id"],
  ])("has %s %s answer every issue that PayPal publishes for it", async (method, path) => {
    const token = await accessToken(simulator);
    const published = publishedOperation(method, path);
    const issues = [...issuesOf(published!).values()];
    expect(issues.length).toBeGreaterThan(1);
    for (const { issue, status } of issues) {
      const response = await fetch(simulator.url + path.replace(":id", "5O190127TN364715T"), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "paypal-mock-response": JSON.stringify({ mock_application_codes: issue }),
        },
        ...(method === "GET" ? {} : { body: "{}" }),
      });
      expect([issue, response.status]).toEqual([issue, status]);
      expect(await response.json()).toMatchObject({ details: [{ issue }], debug_id: expect.any(String) });
    }
  });

  it("passes over a code that the operation does not have", async () => {
    const id = await approvedOrder(paypal, simulator);
    const code = JSON.stringify({ mock_application_codes: "NO_SUCH_ISSUE" });
    const { result } = await paypal.orders.captureOrder({ id, paypalMockResponse: code });
    expect(result.status).toBe("COMPLETED");
  });
});

function ledgerRow(id: string): ReturnType<PaypalSimulator["api"]["ledger"]>[number] | undefined {
  return simulator.api.ledger().find((row) => row.id === id);
}
