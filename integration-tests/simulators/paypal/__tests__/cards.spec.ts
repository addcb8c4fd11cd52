import { randomUUID } from "node:crypto";
import {
  CheckoutPaymentIntent,
  OrdersCardVerificationMethod,
  type CardRequest,
  type OrderRequest,
} from "@paypal/paypal-server-sdk";
import { REJECTION_TRIGGERS, startPaypalSimulator, type PaypalSimulator } from "..";
import { accessToken, idOf, paypalOf, refusalOf, WHOLE, type Paypal } from "./support";

const ASKS = "4868719460707704";
const FAILS = "4868719796782421";
const FRICTIONLESS = "4868719196829038";

let simulator: PaypalSimulator;
let paypal: Paypal;

beforeAll(async () => {
  simulator = await startPaypalSimulator({
    accounts: [
      { client_id: "simulator-client", client_secret: "simulator-secret", country: "US" },
      { client_id: "german", client_secret: "secret", country: "DE" },
      { client_id: "plain", client_secret: "secret", card_processing: false },
    ],
  });
  paypal = paypalOf(simulator);
});

afterAll(() => simulator.stop());

describe("a card", () => {
  it("is charged when its order is made, and its number is not told again", async () => {
    const { result } = await pay({ number: "4012888888881881" });
    expect(result).toMatchObject({
      status: "COMPLETED",
      paymentSource: { card: { lastDigits: "1881", brand: "VISA" } },
      purchaseUnits: [
        { payments: { captures: [{ status: "COMPLETED", processorResponse: { responseCode: "0000" } }] } },
      ],
    });
    expect(JSON.stringify(result)).not.toContain("4012888888881881");
  });

  it.each(Object.entries(REJECTION_TRIGGERS))(
    "of the name %s leaves a completed order whose capture is declined with %s",
    async (name, code) => {
      const { result } = await pay({ number: "4012888888881881", name });
      expect(result).toMatchObject({
        status: "COMPLETED",
        purchaseUnits: [
          { payments: { captures: [{ status: "DECLINED", processorResponse: { responseCode: code } }] } },
        ],
      });
      expect(ledgerRow(idOf(result))).toMatchObject({ captured: 0n, captures: 1 });
    },
  );

  it("that is declined leaves a denied authorization", async () => {
    const { result } = await pay(
      { number: "4012888888881881", name: "CCREJECT-REFUSED" },
      CheckoutPaymentIntent.Authorize,
    );
    expect(result).toMatchObject({
      purchaseUnits: [{ payments: { authorizations: [{ status: "DENIED" }] } }],
    });
    expect(ledgerRow(idOf(result))).toMatchObject({ authorized: 0n, authorizations: 0 });
  });

  it.each([
    ["out of date", { number: "4012888888881881", expiry: "2020-01" }, "CARD_EXPIRED"],
    ["without a right check digit", { number: "4012888888881882" }, "INVALID_PARAMETER_VALUE"],
    [
      "with a code of another length",
      { number: "4012888888881881", securityCode: "1234" },
      "INVALID_SECURITY_CODE_LENGTH",
    ],
  ])("%s is refused", async (_case, card, issue) => {
    expect((await refusalOf(pay(card))).issue).toBe(issue);
  });

  it("is not taken by an account without card processing", async () => {
    const plain = paypalOf(simulator, "plain", "secret");
    const refusal = await refusalOf(pay({ number: "4012888888881881" }, undefined, plain));
    expect(refusal.issue).toBe("NOT_ENABLED_FOR_CARD_PROCESSING");
  });
});

describe("3-D Secure", () => {
  const always = { attributes: { verification: { method: OrdersCardVerificationMethod.ScaAlways } } };
  const whenRequired = {
    attributes: { verification: { method: OrdersCardVerificationMethod.ScaWhenRequired } },
  };

  it("asks the holder, and the order is captured afterwards", async () => {
    const { result: asked } = await pay({ number: ASKS, ...always });
    expect(asked).toMatchObject({ status: "PAYER_ACTION_REQUIRED", links: [{}, { rel: "payer-action" }] });
    const id = idOf(asked);
    const early = await refusalOf(paypal.orders.captureOrder({ id }));
    expect(early.issue).toBe("PAYER_ACTION_REQUIRED");
    simulator.api.approve(id);
    const { result } = await paypal.orders.captureOrder({ id, prefer: WHOLE });
    expect(result.paymentSource?.card?.authenticationResult).toMatchObject({
      liabilityShift: "POSSIBLE",
      threeDSecure: { authenticationStatus: "Y" },
    });
    expect(ledgerRow(id)).toMatchObject({ captured: 2000n });
  });

  it("that fails is told and leaves it to the merchant whether to go on", async () => {
    for (const [number, decide] of [
      [FAILS, "approve"],
      [ASKS, "failAuthentication"],
    ] as const) {
      const id = idOf((await pay({ number, ...always })).result);
      simulator.api[decide](id);
      const { result } = await paypal.orders.getOrder({ id });
      expect(result).toMatchObject({
        status: "CREATED",
        paymentSource: { card: { authenticationResult: { liabilityShift: "NO" } } },
      });
      expect(ledgerRow(id)).toMatchObject({ captured: 0n });
    }
  });

  it("asks nobody for a card that needs no question", async () => {
    const { result } = await pay({ number: FRICTIONLESS, ...always });
    expect(result).toMatchObject({
      status: "COMPLETED",
      paymentSource: { card: { authenticationResult: { liabilityShift: "POSSIBLE" } } },
    });
  });

  it("is asked when it is the law where the merchant is", async () => {
    expect((await pay({ number: ASKS, ...whenRequired })).result.status).toBe("COMPLETED");
    const german = paypalOf(simulator, "german", "secret");
    const { result } = await pay({ number: ASKS, ...whenRequired }, undefined, german);
    expect(result.status).toBe("PAYER_ACTION_REQUIRED");
  });

  it("is asked when it is the law also where the request says nothing of it, but not where it wants another check", async () => {
    const german = paypalOf(simulator, "german", "secret");
    expect((await pay({ number: ASKS }, undefined, german)).result.status).toBe("PAYER_ACTION_REQUIRED");
    const other = { attributes: { verification: { method: OrdersCardVerificationMethod.AvsCvv } } };
    expect((await pay({ number: ASKS, ...other }, undefined, german)).result.status).toBe("COMPLETED");
  });
});

describe("a browser", () => {
  it("confirms card fields with a client id alone, and the server captures", async () => {
    const { result } = await paypal.orders.createOrder({
      body: {
        intent: CheckoutPaymentIntent.Capture,
        purchaseUnits: [{ amount: { currencyCode: "EUR", value: "20.00" } }],
        paymentSource: {
          card: { attributes: { verification: { method: OrdersCardVerificationMethod.ScaAlways } } },
        },
      },
      paypalRequestId: randomUUID(),
    });
    const id = idOf(result);
    expect(result.status).toBe("CREATED");
    expect(await confirm(id, { card: { number: ASKS, expiry: "2035-01" } })).toMatchObject({
      status: "PAYER_ACTION_REQUIRED",
    });
    simulator.api.approve(id);
    await paypal.orders.captureOrder({ id });
    expect(ledgerRow(id)).toMatchObject({ captured: 2000n });
  });

  it.each(["apple_pay", "google_pay"])("confirms %s, and the server authorizes", async (kind) => {
    const { result } = await paypal.orders.createOrder({
      body: {
        intent: CheckoutPaymentIntent.Authorize,
        purchaseUnits: [{ amount: { currencyCode: "EUR", value: "20.00" } }],
      },
    });
    const id = idOf(result);
    expect(await confirm(id, { [kind]: { token: "what the device handed over" } })).toMatchObject({
      status: "APPROVED",
    });
    const { result: authorized } = await paypal.orders.authorizeOrder({ id, prefer: WHOLE });
    expect(authorized.status).toBe("COMPLETED");
    expect(ledgerRow(id)).toMatchObject({ authorized: 2000n });
  });

  it.each([
    ["PAN_ONLY", "SCA_ALWAYS", "PAYER_ACTION_REQUIRED"],
    ["PAN_ONLY", undefined, "APPROVED"],
    ["CRYPTOGRAM_3DS", "SCA_ALWAYS", "APPROVED"],
  ])("has the bank ask about Google Pay by %s, made with %s: %s", async (card, method, status) => {
    const response = await fetch(`${simulator.url}/v2/checkout/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await accessToken(simulator)}`,
        "content-type": "application/json",
        "paypal-request-id": randomUUID(),
      },
      body: JSON.stringify({
        intent: "AUTHORIZE",
        purchase_units: [{ amount: { currency_code: "EUR", value: "20.00" } }],
        payment_source: {
          google_pay: method === undefined ? {} : { attributes: { verification: { method } } },
        },
      }),
    });
    const { id } = (await response.json()) as { id: string };
    const google_pay = { decrypted_token: { authentication_method: card } };
    expect(await confirm(id, { google_pay })).toMatchObject({ status });
  });
});

function pay(
  card: CardRequest,
  intent = CheckoutPaymentIntent.Capture,
  by: Paypal = paypal,
): ReturnType<Paypal["orders"]["createOrder"]> {
  const body: OrderRequest = {
    intent,
    purchaseUnits: [{ amount: { currencyCode: "EUR", value: "20.00" } }],
    paymentSource: { card: { expiry: "2035-01", ...card } },
  };
  return by.orders.createOrder({ body, paypalRequestId: randomUUID(), prefer: WHOLE });
}

async function confirm(id: string, payment_source: object): Promise<unknown> {
  const response = await fetch(`${simulator.url}/v2/checkout/orders/${id}/confirm-payment-source`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${await accessToken(simulator, undefined, "")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ payment_source }),
  });
  return response.json();
}

function ledgerRow(id: string): ReturnType<PaypalSimulator["api"]["ledger"]>[number] | undefined {
  return simulator.api.ledger().find((row) => row.id === id);
}
