import { money } from "../../../gateway/money";
import { authorization, call, errorOf, order, ORDER_ID, refused, Stub } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const CUSTOMER = "customer_4029352050";
const TOKEN = "8kk8451t";
const OWN_ORDER = {
  body: order({ status: "PAYER_ACTION_REQUIRED" }, undefined, { reference_id: `customer:${CUSTOMER}` }),
};
const AUTHORIZED = { status: 201, body: order({}, { authorizations: [authorization()] }) };
const token = (customer_id: string) => ({
  body: {
    id: TOKEN,
    customer: { id: customer_id },
    payment_source: { card: { brand: "VISA", last_digits: "1111", expiry: "2030-04" } },
  },
});

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

const gateway = (options: Record<string, unknown> = {}) => stub.gateway({ saved_methods: true, ...options });
const paying = (more: Record<string, unknown> = {}) => ({
  method: "card",
  amount: TEN_EUROS,
  data: { saved_method_id: TOKEN },
  ...more,
});

describe("PayPal's vault", () => {
  it("is left alone unless the operator wants it", () => {
    const { customers, saved_methods, capabilities } = stub.gateway();
    expect([customers, saved_methods, capabilities.saved_methods]).toEqual([undefined, undefined, false]);
    expect(gateway().capabilities.saved_methods).toBe(true);
  });

  it("makes a customer with a setup token, since there is no other way", async () => {
    stub.answersWith({ status: 201, body: { id: "SETUP1", customer: { id: CUSTOMER } } });
    const made = gateway().customers?.ensure({ id: "cus_01", email: "a@example.com" }, call(5000, "the-key"));
    expect(await made).toBe(CUSTOMER);
    expect(stub.last).toMatchObject({
      path: "/v3/vault/setup-tokens",
      headers: { "paypal-request-id": "the-key" },
      json: { payment_source: { card: {} }, customer: { merchant_customer_id: "cus_01" } },
    });
  });

  it("makes one only for who wants something kept", () => {
    const { customers } = gateway();
    const wanting = [{ save: true }, { save: false }, {}, undefined, { save: "yes" }];
    expect(wanting.map((data) => customers?.isNeededFor?.(data))).toEqual([true, false, false, false, false]);
  });

  it("makes none for a customer without a usable id", async () => {
    const making = gateway().customers?.ensure({ id: "a b" }, call()) ?? Promise.resolve();
    expect(await errorOf(making)).toMatchObject({ kind: "unavailable" });
  });

  it("keeps a wallet or card from the order's making on, for a customer who asks for it", async () => {
    for (const method of ["paypal", "card", "venmo"]) {
      stub.answersWith({ body: order() });
      await gateway().createPayment(
        {
          method,
          amount: TEN_EUROS,
          attempt_id: "payatt_1",
          data: { save: true },
          customer: { id: "cus_01", gateway_customer_id: CUSTOMER },
        },
        call(),
      );
      expect(stub.last?.json).toMatchObject({
        purchase_units: [{ reference_id: `customer:${CUSTOMER}` }],
        payment_source: {
          [method]: { attributes: { customer: { id: CUSTOMER }, vault: { store_in_vault: "ON_SUCCESS" } } },
        },
      });
    }
  });

  it("keeps nothing for a guest, nor unless asked", async () => {
    const input = { method: "card", amount: TEN_EUROS, attempt_id: "payatt_1" };
    stub.answersWith({ body: order() });
    await gateway().createPayment({ ...input, data: { save: true } }, call());
    expect(stub.last?.text).not.toContain("vault");
    await gateway().createPayment(
      { ...input, data: {}, customer: { gateway_customer_id: CUSTOMER } },
      call(),
    );
    expect(stub.last?.text).not.toContain("vault");
  });

  it("keeps nothing of a method that keeps nothing, though the same source of PayPal's would", async () => {
    stub.answersWith({ body: order() });
    for (const method of ["pay_later", "google_pay", "apple_pay"]) {
      const customer = { id: "cus_01", gateway_customer_id: CUSTOMER };
      const input = { method, amount: TEN_EUROS, attempt_id: "payatt_1", data: { save: true }, customer };
      await gateway().createPayment(input, call());
      expect(stub.last?.text).not.toContain("vault");
    }
  });

  it("lists what can be charged only", async () => {
    const apple = { id: "3xx", customer: { id: CUSTOMER }, payment_source: { apple_pay: { card: {} } } };
    stub.answersWith({ body: { payment_tokens: [apple, token(CUSTOMER).body] } });
    expect(await gateway().saved_methods?.list(CUSTOMER)).toMatchObject([{ id: TOKEN, method: "card" }]);
  });

  it("lists what it keeps, and nothing for a customer that PayPal does not know", async () => {
    const paypal = { id: "2xx", customer: { id: CUSTOMER }, payment_source: { paypal: { payer_id: "P" } } };
    stub.answersWith({ body: { payment_tokens: [token(CUSTOMER).body, paypal] } });
    expect(await gateway().saved_methods?.list(CUSTOMER)).toEqual([
      { id: TOKEN, method: "card", brand: "visa", last4: "1111", exp_month: 4, exp_year: 2030 },
      { id: "2xx", method: "paypal" },
    ]);
    stub.answersWith(refused("CUSTOMER_NOT_FOUND", 404));
    expect(await gateway().saved_methods?.list(CUSTOMER)).toEqual([]);
  });

  it("forgets what is the customer's own only", async () => {
    stub.answersWith(token(CUSTOMER), { status: 204 });
    await gateway().saved_methods?.remove(CUSTOMER, TOKEN);
    expect(stub.asked).toEqual([
      `GET /v3/vault/payment-tokens/${TOKEN}`,
      `DELETE /v3/vault/payment-tokens/${TOKEN}`,
    ]);
    stub.answersWith(token("somebody_else"));
    await gateway().saved_methods?.remove(CUSTOMER, TOKEN);
    stub.answersWith(refused("INVALID_RESOURCE_ID", 404));
    await gateway().saved_methods?.remove(CUSTOMER, TOKEN);
    expect(stub.received).toHaveLength(1);
  });
});

describe("paying with what is kept", () => {
  it("charges the customer's own card, with the bank's question where it is required", async () => {
    stub.answersWith(OWN_ORDER, token(CUSTOMER), AUTHORIZED);
    const outcome = await gateway().confirmPayment(ORDER_ID, paying(), call());
    expect(outcome.type).toBe("approved");
    expect(stub.last).toMatchObject({
      path: `/v2/checkout/orders/${ORDER_ID}/authorize`,
      json: {
        payment_source: {
          card: {
            vault_id: TOKEN,
            attributes: { verification: { method: "SCA_WHEN_REQUIRED" } },
            stored_credential: { payment_initiator: "CUSTOMER", usage: "SUBSEQUENT" },
          },
        },
      },
    });
  });

  it("asks the bank where the card was refused without, and nobody when nobody is there", async () => {
    stub.answersWith(OWN_ORDER, token(CUSTOMER), AUTHORIZED);
    await gateway().confirmPayment(ORDER_ID, paying({ authenticate: true }), call());
    expect(stub.last?.text).toContain("SCA_ALWAYS");
    stub.answersWith(OWN_ORDER, token(CUSTOMER), AUTHORIZED);
    await gateway().confirmPayment(ORDER_ID, paying({ off_session: true }), call());
    expect(stub.last?.text).toContain('"payment_initiator":"MERCHANT"');
    expect(stub.last?.text).not.toContain("SCA_");
  });

  it("charges a wallet that is kept", async () => {
    stub.answersWith(OWN_ORDER, token(CUSTOMER), AUTHORIZED);
    await gateway().confirmPayment(ORDER_ID, paying({ method: "paypal" }), call());
    expect(stub.last?.json).toMatchObject({ payment_source: { paypal: { vault_id: TOKEN } } });
  });

  it.each([
    ["another customer's", OWN_ORDER, token("somebody_else")],
    ["gone", OWN_ORDER, refused("INVALID_RESOURCE_ID", 404)],
    ["somebody's, and the order a guest's", { body: order() }, token(CUSTOMER)],
  ])("refuses a card that is %s", async (_, of_order, of_token) => {
    stub.answersWith(of_order, of_token);
    expect(await errorOf(gateway().confirmPayment(ORDER_ID, paying(), call()))).toMatchObject({
      kind: "invalid_data",
    });
    expect(stub.received).toHaveLength(2);
  });

  it.each(["apple_pay", "google_pay", "pay_later"])(
    "with %s, which keeps nothing, is refused before anything is sent",
    async (method) => {
      stub.answersWith(OWN_ORDER);
      const confirming = gateway().confirmPayment(ORDER_ID, paying({ method }), call());
      expect(await errorOf(confirming)).toMatchObject({ kind: "invalid_data" });
      expect(stub.received).toEqual([]);
    },
  );

  it("is a refusal when the bank must ask and nobody is there", async () => {
    stub.answersWith(OWN_ORDER, token(CUSTOMER), refused("PAYER_ACTION_REQUIRED"));
    const outcome = await gateway().confirmPayment(ORDER_ID, paying({ off_session: true }), call());
    expect(outcome).toMatchObject({ type: "declined", decline: { category: "authenticate" } });
  });
});
