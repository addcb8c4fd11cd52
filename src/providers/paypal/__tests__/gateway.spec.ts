import { money } from "../../../gateway/money";
import { CURRENCIES } from "../amounts";
import type { CreatePaymentInput } from "../../../gateway/payment-gateway";
import {
  authorization,
  call,
  CLIENT_ID,
  CLIENT_SECRET,
  errorOf,
  euros,
  order,
  ORDER_ID,
  refused,
  Stub,
} from "./support";

const TEN_EUROS = money(1000n, "EUR");
const APPROVED = { body: order({ status: "APPROVED", payment_source: { paypal: {} } }) };
const AUTHORIZED = { status: 201, body: order({}, { authorizations: [authorization()] }) };

const creating = (more: Partial<CreatePaymentInput> = {}): CreatePaymentInput => ({
  method: "paypal",
  amount: TEN_EUROS,
  attempt_id: "payatt_1",
  data: {},
  return_url: "https://shop.example/back?attempt=payatt_1",
  ...more,
});

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

describe("an order at PayPal", () => {
  it("is made for the amount and the attempt, and moves no money", async () => {
    stub.answersWith({ status: 201, body: order() });
    const outcome = await stub
      .gateway({ brand_name: "Shop", landing_page: "guest_checkout", soft_descriptor: "SHOP" })
      .createPayment(creating({ locale: "de-DE" }), call(5000, "payatt_1:create"));
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "confirm" },
      snapshot: {
        reference: ORDER_ID,
        status: "requires_confirmation",
        amount: TEN_EUROS,
        authorized: money(0n, "EUR"),
        client: { order_id: ORDER_ID, intent: "authorize" },
      },
    });
    expect(stub.last).toMatchObject({
      headers: { "paypal-request-id": "payatt_1:create", prefer: "return=representation" },
      json: {
        intent: "AUTHORIZE",
        purchase_units: [{ amount: euros(), custom_id: "payatt_1", soft_descriptor: "SHOP" }],
        payment_source: {
          paypal: {
            experience_context: {
              brand_name: "Shop",
              locale: "de-DE",
              landing_page: "GUEST_CHECKOUT",
              user_action: "PAY_NOW",
              shipping_preference: "NO_SHIPPING",
              return_url: "https://shop.example/back?attempt=payatt_1",
              cancel_url: "https://shop.example/back?attempt=payatt_1",
            },
          },
        },
      },
    });
  });

  it("is captured at once where the operator wants that", async () => {
    stub.answersWith({ body: order({ intent: "CAPTURE" }) });
    await stub.gateway({ capture: "automatic" }).createPayment(creating(), call());
    expect(stub.last?.json).toMatchObject({ intent: "CAPTURE" });
  });

  it.each([
    ["card", "when_required", { card: { attributes: { verification: { method: "SCA_WHEN_REQUIRED" } } } }],
    ["card", "always", { card: { attributes: { verification: { method: "SCA_ALWAYS" } } } }],
    [
      "google_pay",
      "when_required",
      {
        google_pay: {
          attributes: { verification: { method: "SCA_WHEN_REQUIRED" } },
          experience_context: {
            return_url: "https://shop.example/back?attempt=payatt_1",
            cancel_url: "https://shop.example/back?attempt=payatt_1",
          },
        },
      },
    ],
    ["google_pay", "always", { google_pay: { attributes: { verification: { method: "SCA_ALWAYS" } } } }],
    ["venmo", "when_required", { venmo: { experience_context: { user_action: "PAY_NOW" } } }],
    ["pay_later", "when_required", { paypal: { experience_context: { user_action: "PAY_NOW" } } }],
  ])("names what it is paid with: %s, 3-D Secure %s", async (method, three_d_secure, payment_source) => {
    stub.answersWith({ body: order() });
    await stub.gateway({ three_d_secure }).createPayment(creating({ method }), call());
    expect(stub.last?.json).toMatchObject({ payment_source });
  });

  it("leaves it to the browser to name Apple Pay, of which no bank asks anything", async () => {
    stub.answersWith({ body: order() });
    await stub.gateway({ three_d_secure: "always" }).createPayment(creating({ method: "apple_pay" }), call());
    expect(stub.last?.json).not.toHaveProperty("payment_source");
  });

  it("for Google Pay, which the SDK sends as it is, is made and answered as any other", async () => {
    const made: unknown[] = [];
    for (const method of ["card", "google_pay"]) {
      stub.answersWith({ status: 201, body: order() });
      const { snapshot } = await stub.gateway().createPayment(creating({ method }), call(5000, "a:create"));
      const { headers, json, path } = stub.last ?? {};
      const { payment_source: _, ...rest } = json as Record<string, unknown>;
      const { prefer, authorization, "paypal-request-id": id, "content-type": type } = headers ?? {};
      made.push({ snapshot, rest, path, prefer, authorization, id, type });
    }
    expect(made[1]).toEqual(made[0]);

    stub.answersWith(refused("NOT_ENABLED_FOR_GOOGLE_PAY"));
    expect(
      await errorOf(stub.gateway().createPayment(creating({ method: "google_pay" }), call())),
    ).toMatchObject({ kind: "misconfigured" });
    stub.answersWith({ status: 201, body: "no JSON" });
    expect(
      await errorOf(stub.gateway().createPayment(creating({ method: "google_pay" }), call())),
    ).toMatchObject({ kind: "unknown" });
  });

  it("takes nothing of what a shopper adds, and a language only in PayPal's form", async () => {
    stub.answersWith({ body: order() });
    const data = { intent: "CAPTURE", amount: "0.01", save: true, purchase_units: [] };
    await stub.gateway().createPayment(creating({ data, locale: "de_AT; DROP" }), call());
    expect(stub.last?.json).toMatchObject({ intent: "AUTHORIZE", purchase_units: [{ amount: euros() }] });
    expect(stub.last?.text).not.toMatch(/vault|locale|0\.01/);
  });

  it("has a request id of 38 characters at most, the same for the same key", async () => {
    const ids: unknown[] = [];
    for (const key of ["k".repeat(60), "k".repeat(60), `${"k".repeat(59)}l`]) {
      stub.answersWith({ body: order() });
      await stub.gateway().createPayment(creating(), call(5000, key));
      ids.push(stub.last?.headers["paypal-request-id"]);
    }
    expect(ids[0]).toHaveLength(38);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([
    ["a currency PayPal does not take", money(1000n, "KRW")],
    ["forint with decimals", money(1050n, "HUF")],
  ])("is not made for %s", async (_, amount) => {
    stub.answersWith({ body: order() });
    const error = await errorOf(stub.gateway().createPayment(creating({ amount }), call()));
    expect(error).toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("PayPal cannot take exactly"),
    });
    expect(stub.received).toEqual([]);
  });

  it.each([
    ["INVALID_CURRENCY_CODE", "unavailable"],
    ["NOT_ENABLED_FOR_CARD_PROCESSING", "misconfigured"],
    ["PAYEE_ACCOUNT_LOCKED_OR_CLOSED", "misconfigured"],
    ["AN_ISSUE_OF_NEXT_YEAR", "invalid_data"],
  ])("that is refused with %s is an error of the kind %s", async (issue, kind) => {
    stub.answersWith(refused(issue));
    expect(await errorOf(stub.gateway().createPayment(creating(), call()))).toMatchObject({ kind });
  });

  it("asks for another amount as long as nobody has agreed to the first", async () => {
    const dearer = { body: order({}, undefined, { amount: euros("12.34") }) };
    stub.answersWith({ body: order() }, { status: 204 }, dearer);
    const outcome = await stub.gateway().updatePayment(ORDER_ID, money(1234n, "EUR"), call());
    expect(outcome.snapshot.amount).toEqual(money(1234n, "EUR"));
    expect(stub.received[1]).toMatchObject({
      method: "PATCH",
      json: [
        { op: "replace", path: "/purchase_units/@reference_id=='default'/amount", value: euros("12.34") },
      ],
    });
  });

  it.each([
    ["approved", APPROVED],
    ["authorized", AUTHORIZED],
    ["given up", { body: order({}, undefined, { custom_id: "canceled_payatt_1" }) }],
  ])("is replaced, not re-priced, once it is %s", async (_, answer) => {
    stub.answersWith(answer);
    const error = await errorOf(stub.gateway().updatePayment(ORDER_ID, money(1234n, "EUR"), call()));
    expect(error).toMatchObject({ kind: "invalid_data" });
    expect(stub.received).toHaveLength(1);
  });

  it.each([
    ["AMOUNT_NOT_PATCHABLE", 400],
    ["NOT_PATCHABLE", 422],
    ["INVALID_STATUS_OF_NEXT_YEAR", 400],
    ["INVALID_STATUS_OF_NEXT_YEAR", 422],
  ])("that PayPal does not re-price is replaced (%s, %i)", async (issue, status) => {
    stub.answersWith({ body: order() }, refused(issue, status));
    const error = await errorOf(stub.gateway().updatePayment(ORDER_ID, money(1234n, "EUR"), call()));
    expect(error).toMatchObject({ kind: "invalid_data" });
  });
});

describe("what the browser may know", () => {
  it("is public, and the amount as PayPal writes it", () => {
    const config = stub.gateway().clientConfig("pay_later", TEN_EUROS);
    expect(config).toMatchObject({
      form: "paypal_button",
      form_without_script: "redirect",
      client_id: CLIENT_ID,
      test_mode: true,
      intent: "authorize",
      funding_source: "paylater",
      currency: "EUR",
      amount: "10.00",
    });
    expect(JSON.stringify(config)).not.toContain(CLIENT_SECRET);
  });

  it("is told per method, with where it can be used", () => {
    const { capabilities } = stub.gateway();
    expect(capabilities.methods.map(({ id, countries, currencies }) => [id, countries, currencies])).toEqual([
      ["paypal", undefined, undefined],
      ["card", undefined, undefined],
      ["pay_later", ["au", "de", "es", "fr", "gb", "it", "us"], ["AUD", "EUR", "GBP", "USD"]],
      ["venmo", ["us"], ["USD"]],
      ["apple_pay", undefined, CURRENCIES.filter((currency) => !["CNY", "MYR"].includes(currency))],
      ["google_pay", undefined, CURRENCIES.filter((currency) => !["CNY", "MYR"].includes(currency))],
    ]);
    // A title of its own replaces the common one with its description, so that it needs both, in every language.
    const own = capabilities.methods.flatMap(({ titles }) => (titles ? [titles] : []));
    expect(own).toHaveLength(1);
    for (const titles of own) {
      expect(Object.keys(titles)).toEqual(["en", "ar"]);
      expect(Object.values(titles).every(({ title, description }) => title && description)).toBe(true);
    }
    expect(() => stub.gateway().clientConfig("cash")).toThrow("PayPal's methods are");
  });
});

describe("Apple's association file", () => {
  it("is what the operator gives, and none without it", () => {
    const text = "7B227073704964223A22…";
    expect(stub.gateway({ apple_pay_domain_association: text }).well_known_files).toEqual({
      "apple-developer-merchantid-domain-association": text,
    });
    expect(stub.gateway().well_known_files).toEqual({});
  });
});
