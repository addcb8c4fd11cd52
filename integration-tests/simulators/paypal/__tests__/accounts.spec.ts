import { startPaypalSimulator, type PaypalSimulator } from "..";
import { accessToken, authorizedOrder, capturedOrder, HOUR_MS, paypalOf, refusalOf } from "./support";

let simulator: PaypalSimulator;

beforeAll(async () => {
  simulator = await startPaypalSimulator({
    accounts: [
      { client_id: "one", client_secret: "secret-one" },
      { client_id: "two", client_secret: "secret-two" },
    ],
  });
});

afterAll(() => simulator.stop());

describe("a token", () => {
  it("is not given for a wrong secret or an unknown client", async () => {
    for (const [client, secret] of [
      ["one", "wrong"],
      ["nobody", "secret-one"],
    ] as const) {
      const response = await askForToken(client, secret);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        error: "invalid_client",
        error_description: "Client Authentication failed",
      });
    }
  });

  it("of the SDK is refused with a wrong secret", async () => {
    const { orders } = paypalOf(simulator, "one", "wrong");
    await expect(orders.getOrder({ id: "5O190127TN364715T" })).rejects.toMatchObject({ statusCode: 401 });
  });

  it("is refused once it expired, was revoked, or is none", async () => {
    const token = await accessToken(simulator, "one", "secret-one");
    simulator.api.advance(10 * HOUR_MS);
    expect(await statusWith(token)).toEqual([401, "invalid_token"]);
    const second = await accessToken(simulator, "one", "secret-one");
    expect(await statusWith(second)).toEqual([404, undefined]);
    simulator.api.revokeTokens("one");
    expect(await statusWith(second)).toEqual([401, "invalid_token"]);
    expect(await statusWith("nonsense")).toEqual([401, "invalid_token"]);
  });

  it("of a client id alone may do what a browser may, and no more", async () => {
    const { order_id } = await capturedOrder(paypalOf(simulator, "one", "secret-one"), simulator);
    const token = await accessToken(simulator, "one", "");
    const url = `${simulator.url}/v2/checkout/orders/${order_id}`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    expect((await fetch(url, { headers })).status).toBe(200);
    expect((await fetch(`${url}/capture`, { method: "POST", headers })).status).toBe(403);
  });
});

describe("two merchants", () => {
  it("do not see each other", async () => {
    const one = paypalOf(simulator, "one", "secret-one");
    const two = paypalOf(simulator, "two", "secret-two");
    const { order_id, capture_id } = await capturedOrder(one, simulator);
    const { authorization_id } = await authorizedOrder(one, simulator);
    const unknown = { status: 404, name: "RESOURCE_NOT_FOUND", issue: "INVALID_RESOURCE_ID" };
    const denied = { status: 403, name: "NOT_AUTHORIZED", issue: "PERMISSION_DENIED" };
    expect(await refusalOf(two.orders.getOrder({ id: order_id }))).toMatchObject(unknown);
    expect(await refusalOf(two.orders.captureOrder({ id: order_id }))).toMatchObject(denied);
    expect(await refusalOf(two.payments.getCapturedPayment({ captureId: capture_id }))).toMatchObject(denied);
    expect(await refusalOf(two.payments.refundCapturedPayment({ captureId: capture_id }))).toMatchObject(
      denied,
    );
    expect(await refusalOf(two.payments.voidPayment({ authorizationId: authorization_id }))).toMatchObject(
      denied,
    );
    expect(
      await refusalOf(two.payments.getCapturedPayment({ captureId: "5O190127TN364715T" })),
    ).toMatchObject(unknown);
    expect(simulator.api.ledger("two")).toEqual([]);
    expect(simulator.api.events("two")).toEqual([]);
  });
});

function askForToken(client: string, secret: string): Promise<Response> {
  return fetch(`${simulator.url}/v1/oauth2/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
}

async function statusWith(token: string): Promise<[number, unknown]> {
  const response = await fetch(`${simulator.url}/v2/checkout/orders/5O190127TN364715T`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return [response.status, ((await response.json()) as { error?: unknown }).error];
}
