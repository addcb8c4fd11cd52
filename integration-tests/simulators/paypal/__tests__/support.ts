import { randomUUID } from "node:crypto";
import {
  ApiError,
  CheckoutPaymentIntent,
  Client,
  OrdersController,
  PaymentsController,
  VaultController,
  type Order,
  type OrderRequest,
} from "@paypal/paypal-server-sdk";
import type { PaypalSimulator } from "..";

export const CLIENT_ID = "simulator-client";
export const CLIENT_SECRET = "simulator-secret";
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const WHOLE = "return=representation";

export type Paypal = Readonly<{
  orders: OrdersController;
  payments: PaymentsController;
  vault: VaultController;
}>;

/** The real SDK, of the account that a simulator has by itself. It asks for a token of its own. */
export function paypalOf(
  simulator: PaypalSimulator,
  oAuthClientId = CLIENT_ID,
  oAuthClientSecret = CLIENT_SECRET,
): Paypal {
  const client = new Client({
    clientCredentialsAuthCredentials: { oAuthClientId, oAuthClientSecret },
    ...simulator.sdk,
  });
  return {
    orders: new OrdersController(client),
    payments: new PaymentsController(client),
    vault: new VaultController(client),
  };
}

/** A wallet order of 20.00 EUR that nobody approved. */
export function walletOrder(
  intent = CheckoutPaymentIntent.Capture,
  value = "20.00",
  currencyCode = "EUR",
): OrderRequest {
  return {
    intent,
    purchaseUnits: [{ amount: { currencyCode, value } }],
    paymentSource: {
      paypal: {
        experienceContext: { returnUrl: "https://shop.example/back", cancelUrl: "https://shop.example/left" },
      },
    },
  };
}

/** Creates an order and lets the payer approve it. @returns its id */
export async function approvedOrder(
  { orders }: Paypal,
  simulator: PaypalSimulator,
  request: OrderRequest = walletOrder(),
): Promise<string> {
  const { result } = await orders.createOrder({ body: request, paypalRequestId: randomUUID() });
  const id = idOf(result);
  simulator.api.approve(id);
  return id;
}

/** An approved order that was authorized. @returns ids of both */
export async function authorizedOrder(
  paypal: Paypal,
  simulator: PaypalSimulator,
  value?: string,
  currency?: string,
): Promise<{ order_id: string; authorization_id: string }> {
  const order_id = await approvedOrder(
    paypal,
    simulator,
    walletOrder(CheckoutPaymentIntent.Authorize, value, currency),
  );
  const { result } = await paypal.orders.authorizeOrder({
    id: order_id,
    paypalRequestId: randomUUID(),
    prefer: WHOLE,
  });
  return { order_id, authorization_id: idOf(result.purchaseUnits?.[0]?.payments?.authorizations?.[0]) };
}

/** An approved order that was captured. @returns ids of both */
export async function capturedOrder(
  paypal: Paypal,
  simulator: PaypalSimulator,
  request?: OrderRequest,
): Promise<{ order_id: string; capture_id: string }> {
  const order_id = await approvedOrder(paypal, simulator, request);
  const { result } = await paypal.orders.captureOrder({
    id: order_id,
    paypalRequestId: randomUUID(),
    prefer: WHOLE,
  });
  return { order_id, capture_id: captureIdOf(result) };
}

export function captureIdOf(order: Order): string {
  return idOf(order.purchaseUnits?.[0]?.payments?.captures?.[0]);
}

export function idOf(resource: Readonly<{ id?: string }> | undefined): string {
  if (resource?.id === undefined) {
    throw new Error("PayPal answered without an id.");
  }
  return resource.id;
}

export type Refusal = Readonly<{
  status: number;
  name: string;
  issue: string;
  field: string | undefined;
  links: readonly Readonly<{ rel: string; href: string }>[];
}>;

/** What the SDK throws, taken apart. Fails the test when it throws nothing. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError) || typeof error.body !== "string") {
    throw new Error(`The SDK did not throw an error of PayPal's: ${String(error)}`);
  }
  const body = JSON.parse(error.body) as {
    name: string;
    details?: { issue: string; field?: string }[];
    links?: { rel: string; href: string }[];
  };
  const [detail] = body.details ?? [];
  return {
    status: error.statusCode,
    name: body.name,
    issue: detail?.issue ?? "",
    field: detail?.field,
    links: body.links ?? [],
  };
}

/** A token for calls without the SDK. */
export async function accessToken(
  { url }: PaypalSimulator,
  client_id = CLIENT_ID,
  secret = CLIENT_SECRET,
): Promise<string> {
  const response = await fetch(`${url}/v1/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
