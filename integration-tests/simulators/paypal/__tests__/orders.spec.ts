import { randomUUID } from "node:crypto";
import { CheckoutPaymentIntent, PatchOp, type OrderRequest } from "@paypal/paypal-server-sdk";
import { startPaypalSimulator, type PaypalSimulator } from "..";
import {
  accessToken,
  approvedOrder,
  captureIdOf,
  HOUR_MS,
  idOf,
  paypalOf,
  refusalOf,
  walletOrder,
  WHOLE,
  type Paypal,
  type Refusal,
} from "./support";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator({
    accounts: [
      {
        client_id: "simulator-client",
        client_secret: "simulator-secret",
        transaction_limits: { USD: 1_000_000n },
      },
    ],
  });
});

/** Tokens expire within hours, and the SDK keeps its own; every test begins with a new one. */
beforeEach(() => {
  paypal = paypalOf(simulator);
});

afterAll(() => simulator.stop());

describe("an order of a PayPal wallet", () => {
  it("waits for its payer, is captured once they approved, and keeps whose money it was", async () => {
    const { result: created } = await create(walletOrder());
    expect(created).toMatchObject({
      status: "PAYER_ACTION_REQUIRED",
      links: [{ rel: "self" }, { rel: "payer-action" }],
    });
    const id = idOf(created);
    const early = await refusalOf(paypal.orders.captureOrder({ id }));
    expect(early).toMatchObject({ status: 422, name: "UNPROCESSABLE_ENTITY", issue: "ORDER_NOT_APPROVED" });
    simulator.api.approve(id, { payer_email: "someone@personal.example.com" });
    const { result: captured } = await paypal.orders.captureOrder({ id, prefer: WHOLE });
    expect(captured).toMatchObject({
      status: "COMPLETED",
      payer: { emailAddress: "someone@personal.example.com" },
      purchaseUnits: [{ payments: { captures: [{ status: "COMPLETED", amount: { value: "20.00" } }] } }],
    });
    const again = await refusalOf(paypal.orders.captureOrder({ id, paypalRequestId: randomUUID() }));
    expect(again.issue).toBe("ORDER_ALREADY_CAPTURED");
    expect(ledgerRow(id)).toMatchObject({ captured: 2000n, authorized: 0n, captures: 1 });
  });

  it("has id, status and links only, unless all of it is asked for", async () => {
    const id = await approvedOrder(paypal, simulator);
    const { result } = await paypal.orders.captureOrder({ id });
    expect(Object.keys(result).sort()).toEqual(["id", "links", "paymentSource", "status"]);
  });

  it("goes back to its payer when its funding is declined, and is paid with other funding", async () => {
    const { result: created } = await create(walletOrder());
    const id = idOf(created);
    simulator.api.approve(id, { funding: { kind: "refused", issue: "INSTRUMENT_DECLINED" } });
    const refusal = await refusalOf(paypal.orders.captureOrder({ id, paypalRequestId: randomUUID() }));
    expect(refusal).toMatchObject({ status: 422, issue: "INSTRUMENT_DECLINED" });
    expect(refusal.links.map(({ rel }) => rel)).toContain("payer-action");
    expect(simulator.api.order(id).status).toBe("PAYER_ACTION_REQUIRED");
    simulator.api.approve(id);
    await paypal.orders.captureOrder({ id, paypalRequestId: randomUUID() });
    expect(ledgerRow(id)).toMatchObject({ captured: 2000n, captures: 1 });
  });

  it("is gone three hours after nobody approved it, and three hours after they did", async () => {
    const id = idOf((await create(walletOrder())).result);
    simulator.api.advance(2 * HOUR_MS);
    simulator.api.approve(id);
    simulator.api.advance(2 * HOUR_MS);
    expect((await paypal.orders.getOrder({ id })).result.status).toBe("APPROVED");
    simulator.api.advance(2 * HOUR_MS);
    const gone = await refusalOf(paypal.orders.getOrder({ id }));
    expect(gone).toMatchObject({ status: 404, name: "RESOURCE_NOT_FOUND", issue: "INVALID_RESOURCE_ID" });
    expect(simulator.api.events().at(-1)).toMatchObject({
      event_type: "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
      resource: { order_id: id },
    });
    const late = await approvedOrder(paypal, simulator, walletOrder(CheckoutPaymentIntent.Authorize));
    simulator.api.advance(4 * HOUR_MS);
    paypal = paypalOf(simulator);
    expect((await refusalOf(paypal.orders.authorizeOrder({ id: late }))).issue).toBe("ORDER_EXPIRED");
  });

  it("is authorized only when that was intended", async () => {
    const id = await approvedOrder(paypal, simulator);
    expect((await refusalOf(paypal.orders.authorizeOrder({ id }))).issue).toBe(
      "ACTION_DOES_NOT_MATCH_INTENT",
    );
  });

  it("cannot be completed once PayPal took the approval back", async () => {
    const id = await approvedOrder(paypal, simulator);
    simulator.api.reverseApproval(id);
    expect((await refusalOf(paypal.orders.captureOrder({ id }))).issue).toBe("ORDER_COMPLETED_OR_VOIDED");
  });
});

describe("the amounts of an order", () => {
  const money = (value: string, currencyCode = "EUR") => ({ currencyCode, value });

  it.each<[string, OrderRequest["purchaseUnits"], Partial<Refusal>]>([
    ["JPY with decimals", [{ amount: money("1.50", "JPY") }], { issue: "DECIMAL_PRECISION" }],
    ["EUR with three decimals", [{ amount: money("1.005") }], { issue: "DECIMAL_PRECISION" }],
    ["nothing", [{ amount: money("0.00") }], { issue: "CANNOT_BE_ZERO_OR_NEGATIVE" }],
    ["less than nothing", [{ amount: money("-5.00") }], { issue: "CANNOT_BE_ZERO_OR_NEGATIVE" }],
    [
      "a currency PayPal does not take",
      [{ amount: money("5.00", "XTS") }],
      { issue: "INVALID_CURRENCY_CODE" },
    ],
    ["more than there is", [{ amount: money("1000000000000000.00") }], { issue: "MAX_VALUE_EXCEEDED" }],
    [
      "more JPY than there are",
      [{ amount: money("1000000000000000", "JPY") }],
      { issue: "MAX_VALUE_EXCEEDED" },
    ],
    [
      "more than the account may take",
      [{ amount: money("10000.01", "USD") }],
      { issue: "TRANSACTION_LIMIT_EXCEEDED" },
    ],
    [
      "a value that is no number",
      [{ amount: money("5,00") }],
      { status: 400, issue: "INVALID_PARAMETER_SYNTAX" },
    ],
    [
      "a breakdown that does not sum",
      [{ amount: { ...money("20.00"), breakdown: { itemTotal: money("15.00"), shipping: money("4.00") } } }],
      { issue: "AMOUNT_MISMATCH", field: "/purchase_units/@reference_id=='default'/amount/value" },
    ],
    [
      "items that do not sum",
      [
        {
          amount: { ...money("20.00"), breakdown: { itemTotal: money("20.00") } },
          items: [{ name: "Shirt", quantity: "2", unitAmount: money("9.00") }],
        },
      ],
      { issue: "ITEM_TOTAL_MISMATCH" },
    ],
    [
      "items without their total",
      [{ amount: money("20.00"), items: [{ name: "Shirt", quantity: "2", unitAmount: money("10.00") }] }],
      { issue: "ITEM_TOTAL_REQUIRED" },
    ],
    [
      "taxes without their total",
      [
        {
          amount: { ...money("20.00"), breakdown: { itemTotal: money("20.00") } },
          items: [{ name: "Shirt", quantity: "2", unitAmount: money("10.00"), tax: money("1.00") }],
        },
      ],
      { issue: "TAX_TOTAL_REQUIRED" },
    ],
    [
      "two currencies",
      [{ amount: { ...money("20.00"), breakdown: { itemTotal: money("20.00", "USD") } } }],
      { issue: "MULTI_CURRENCY_ORDER" },
    ],
    [
      "an address without its postal code",
      [{ amount: money("5.00"), shipping: { address: { countryCode: "US", adminArea2: "Austin" } } }],
      { issue: "POSTAL_CODE_REQUIRED" },
    ],
  ])("may not be %s", async (_case, purchaseUnits, expected) => {
    const refusal = await refusalOf(create({ ...walletOrder(), purchaseUnits }));
    expect(refusal).toMatchObject({ status: 422, ...expected });
  });

  it("sum with discounts, taxes, handling and insurance", async () => {
    const { result } = await create({
      ...walletOrder(),
      purchaseUnits: [
        {
          amount: {
            ...money("25.50"),
            breakdown: {
              itemTotal: money("20.00"),
              taxTotal: money("4.00"),
              shipping: money("5.00"),
              handling: money("1.00"),
              insurance: money("0.50"),
              shippingDiscount: money("2.00"),
              discount: money("3.00"),
            },
          },
          items: [{ name: "Shirt", quantity: "2", unitAmount: money("10.00"), tax: money("2.00") }],
        },
      ],
    });
    expect(result.status).toBe("PAYER_ACTION_REQUIRED");
  });
});

describe("a change of an order", () => {
  const amount = "/purchase_units/@reference_id=='default'/amount";

  it("may be of its amount until it is completed", async () => {
    const id = idOf((await create(walletOrder())).result);
    await paypal.orders.patchOrder({
      id,
      body: [{ op: PatchOp.Replace, path: amount, value: { currency_code: "EUR", value: "30.00" } }],
    });
    simulator.api.approve(id);
    await paypal.orders.captureOrder({ id });
    expect(ledgerRow(id)).toMatchObject({ amount: 3000n, captured: 3000n });
    const late = await refusalOf(
      paypal.orders.patchOrder({
        id,
        body: [{ op: PatchOp.Replace, path: amount, value: { currency_code: "EUR", value: "1.00" } }],
      }),
    );
    expect(late).toMatchObject({ status: 422, issue: "ORDER_ALREADY_COMPLETED" });
  });

  it.each([
    [
      "what cannot be changed",
      "/purchase_units/@reference_id=='default'/payee",
      {},
      { issue: "NOT_PATCHABLE" },
    ],
    [
      "a unit that is not there",
      "/purchase_units/@reference_id=='other'/amount",
      { currency_code: "EUR", value: "1.00" },
      { issue: "REFERENCE_ID_NOT_FOUND" },
    ],
    [
      "an amount that does not sum",
      amount,
      {
        currency_code: "EUR",
        value: "30.00",
        breakdown: { item_total: { currency_code: "EUR", value: "1.00" } },
      },
      { issue: "AMOUNT_MISMATCH" },
    ],
    [
      "an amount without a value",
      amount,
      { currency_code: "EUR" },
      { status: 400, issue: "MISSING_REQUIRED_PARAMETER" },
    ],
  ])("is refused of %s", async (_case, path, value, expected) => {
    const id = idOf((await create(walletOrder())).result);
    const refusal = await refusalOf(
      paypal.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path, value }] }),
    );
    expect(refusal).toMatchObject({ status: 422, ...expected });
    expect(ledgerRow(id)).toMatchObject({ amount: 2000n });
  });
});

describe("a request that does not fit the specification", () => {
  it("is refused with every field that is wrong", async () => {
    const response = await fetch(`${simulator.url}/v2/checkout/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await accessToken(simulator)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ purchase_units: [{ amount: { currency_code: "EUR" } }] }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      name: "INVALID_REQUEST",
      debug_id: expect.any(String),
      details: expect.arrayContaining([
        expect.objectContaining({ field: "/intent", issue: "MISSING_REQUIRED_PARAMETER" }),
        expect.objectContaining({
          field: "/purchase_units/0/amount/value",
          issue: "MISSING_REQUIRED_PARAMETER",
        }),
      ]),
    });
  });

  it("is refused when it is no JSON, and needs a request id to be paid", async () => {
    const headers = {
      authorization: `Bearer ${await accessToken(simulator)}`,
      "content-type": "application/json",
    };
    const url = `${simulator.url}/v2/checkout/orders`;
    const broken = await fetch(url, { method: "POST", headers, body: "{" });
    expect(await broken.json()).toMatchObject({ details: [{ issue: "MALFORMED_REQUEST_JSON" }] });
    const refusal = await refusalOf(paypal.orders.createOrder({ body: walletOrder() }));
    expect(refusal).toMatchObject({ status: 400, issue: "PAYPAL_REQUEST_ID_REQUIRED" });
  });
});

describe("an order without a source", () => {
  it("is approved through its link and paid with PayPal", async () => {
    const { result } = await create({
      intent: CheckoutPaymentIntent.Capture,
      purchaseUnits: [
        { amount: { currencyCode: "USD", value: "5.00" }, customId: "cart-1", invoiceId: "invoice-1" },
      ],
    });
    expect(result).toMatchObject({ status: "CREATED" });
    expect(result.links?.map(({ rel }) => rel)).toContain("approve");
    simulator.api.approve(idOf(result));
    const captured = await paypal.orders.captureOrder({ id: idOf(result), prefer: WHOLE });
    expect(captureIdOf(captured.result)).toHaveLength(17);
    expect(ledgerRow(idOf(result))).toMatchObject({
      custom_id: "cart-1",
      invoice_id: "invoice-1",
      captured: 500n,
    });
    const twice = await approvedOrder(paypal, simulator, {
      ...walletOrder(),
      purchaseUnits: [{ amount: { currencyCode: "USD", value: "5.00" }, invoiceId: "invoice-1" }],
    });
    expect((await refusalOf(paypal.orders.captureOrder({ id: twice }))).issue).toBe("DUPLICATE_INVOICE_ID");
  });
});

function create(body: OrderRequest): ReturnType<Paypal["orders"]["createOrder"]> {
  return paypal.orders.createOrder({ body, paypalRequestId: randomUUID() });
}

function ledgerRow(id: string): ReturnType<PaypalSimulator["api"]["ledger"]>[number] | undefined {
  return simulator.api.ledger().find((row) => row.id === id);
}
