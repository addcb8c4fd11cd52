import { PayPalClient } from "../client";
import { orderIn, Resource } from "../webhook-references";
import { CLIENT_ID, CLIENT_SECRET, errorOf, ORDER_ID, refused, Stub } from "./support";

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
beforeEach(() => stub.answersWith({ status: 500, body: {} }));
afterAll(() => stub.stop());

const orderOf = (event_type: string, resource: object) =>
  orderIn(
    new PayPalClient({
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      environment: "sandbox",
      api_url: stub.url,
    }),
    event_type,
    Resource.parse(resource),
  );

describe("the order of a webhook", () => {
  const named = { supplementary_data: { related_ids: { order_id: ORDER_ID } } };
  const up = { links: [{ rel: "up", href: "https://api.paypal.com/v2/payments/captures/CAP1" }] };

  it.each([
    ["CHECKOUT.ORDER.APPROVED", { id: ORDER_ID }],
    ["CHECKOUT.PAYMENT-APPROVAL.REVERSED", { order_id: ORDER_ID }],
    ["PAYMENT.AUTHORIZATION.CREATED", { id: "AUTH1", ...named }],
    ["PAYMENT.CAPTURE.COMPLETED", { id: "CAP1", ...named }],
    ["PAYMENT.CAPTURE.REFUNDED", { id: "REF1", ...named, ...up }],
  ])("is named by %s", async (event_type, resource) => {
    expect(await orderOf(event_type, resource)).toBe(ORDER_ID);
    expect(stub.received).toEqual([]);
  });

  it.each([
    ["PAYMENT.AUTHORIZATION.VOIDED", { id: "AUTH1" }, "GET /v2/payments/authorizations/AUTH1"],
    ["PAYMENT.CAPTURE.PENDING", { id: "CAP1" }, "GET /v2/payments/captures/CAP1"],
    ["PAYMENT.CAPTURE.REVERSED", { id: "REF1", ...up }, "GET /v2/payments/captures/CAP1"],
    ["PAYMENT.REFUND.FAILED", { id: "REF1", ...up }, "GET /v2/payments/captures/CAP1"],
    [
      "CUSTOMER.DISPUTE.CREATED",
      { dispute_id: "PP-D-1", disputed_transactions: [{ seller_transaction_id: "CAP1" }] },
      "GET /v2/payments/captures/CAP1",
    ],
  ])("is asked for where %s does not name it", async (event_type, resource, asked) => {
    stub.answersWith({ body: { id: "X", status: "COMPLETED", ...named } });
    expect(await orderOf(event_type, resource)).toBe(ORDER_ID);
    expect(stub.asked).toEqual([asked]);
  });

  it("is nobody's where PayPal shows us none, and where the event is about something else", async () => {
    stub.answersWith(refused("INVALID_RESOURCE_ID", 404));
    expect(await orderOf("PAYMENT.CAPTURE.PENDING", { id: "CAP1" })).toBeUndefined();
    expect(await orderOf("VAULT.PAYMENT-TOKEN.CREATED", { id: "TOKEN" })).toBeUndefined();
  });

  it("is looked for again later when PayPal cannot be asked", async () => {
    expect(await errorOf(orderOf("PAYMENT.CAPTURE.PENDING", { id: "CAP1" }))).toMatchObject({
      kind: "unknown",
    });
  });
});
