import { money } from "../../../gateway/money";
import type { ConfirmPaymentInput } from "../../../gateway/payment-gateway";
import { authorization, call, capture, errorOf, order, ORDER_ID, refused, Stub } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const PAGE = "https://www.paypal.com/checkoutnow?token=5O190127TN364715T";
const APPROVED = { body: order({ status: "APPROVED", payment_source: { paypal: {} } }) };
const AUTHORIZED = { status: 201, body: order({}, { authorizations: [authorization()] }) };

const confirming = (more: Partial<ConfirmPaymentInput> = {}): ConfirmPaymentInput => ({
  method: "paypal",
  amount: TEN_EUROS,
  data: undefined,
  ...more,
});

let stub: Stub;
beforeAll(async () => {
  stub = await Stub.open();
});
afterAll(() => stub.stop());

describe("confirming", () => {
  it("authorizes what the payer approved", async () => {
    stub.answersWith(APPROVED, AUTHORIZED);
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call(5000, "the-key"));
    expect(outcome).toMatchObject({
      type: "approved",
      snapshot: { status: "authorized", authorized: TEN_EUROS },
    });
    expect(stub.asked).toEqual([
      `GET /v2/checkout/orders/${ORDER_ID}`,
      `POST /v2/checkout/orders/${ORDER_ID}/authorize`,
    ]);
    expect(stub.last).toMatchObject({ headers: { "paypal-request-id": "the-key" }, json: {} });
  });

  it("captures an order that was made for it, whatever the options say by now", async () => {
    stub.answersWith(
      { body: order({ status: "APPROVED", intent: "CAPTURE" }) },
      { status: 201, body: order({ intent: "CAPTURE" }, { captures: [capture()] }) },
    );
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({
      type: "approved",
      snapshot: { status: "captured", captured: TEN_EUROS },
    });
    expect(stub.last?.path).toBe(`/v2/checkout/orders/${ORDER_ID}/capture`);
  });

  it("sends a shopper to PayPal where nobody has approved yet, without PayPal's script", async () => {
    stub.answersWith({ body: order() });
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", url: PAGE, reason: "bank_page" },
    });
    expect(stub.received).toHaveLength(1);
  });

  it("goes to no address that is not safe", async () => {
    stub.answersWith({ body: order({ links: [{ href: "http://paypal.example/pay", rel: "approve" }] }) });
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({ type: "action_required", next_action: { type: "confirm" } });
  });

  it("is a refusal for want of the customer when nobody is there", async () => {
    stub.answersWith({ body: order() });
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming({ off_session: true }), call());
    expect(outcome).toMatchObject({ type: "declined", decline: { category: "authenticate" } });
  });

  it("answers what was paid before without paying again", async () => {
    stub.answersWith(AUTHORIZED);
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome.type).toBe("approved");
    expect(stub.received).toHaveLength(1);
  });

  it("takes nothing when the order is not for what is to be paid", async () => {
    stub.answersWith(APPROVED);
    const input = confirming({ amount: money(1001n, "EUR") });
    expect(await errorOf(stub.gateway().confirmPayment(ORDER_ID, input, call()))).toMatchObject({
      kind: "invalid_data",
      message: expect.stringContaining("10.00 EUR, not for 10.01 EUR"),
    });
    expect(stub.received).toHaveLength(1);
  });

  it.each([
    ["PAYER_CANNOT_PAY", "never"],
    ["TRANSACTION_REFUSED", "issuer_generic"],
    ["PAYEE_BLOCKED_TRANSACTION", "risk"],
    ["COMPLIANCE_VIOLATION", "compliance"],
    ["MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", "funds_limit"],
    ["ORDER_EXPIRED", "session_expired"],
  ])("tells the refusal %s as %s", async (code, category) => {
    stub.answersWith(APPROVED, refused(code));
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({ type: "declined", decline: { category, code } });
  });

  it("lets PayPal offer other funding before the shopper leaves for another method", async () => {
    const links = [{ href: `${PAGE}&other=1`, rel: "redirect" }];
    stub.answersWith(APPROVED, refused("INSTRUMENT_DECLINED", 422, { links }));
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", url: `${PAGE}&other=1` },
    });
    expect(outcome.snapshot).not.toHaveProperty("agreed");
  });

  it("tells a card that is declined as that", async () => {
    const card = { card: { last_digits: "1111", brand: "VISA" } };
    stub.answersWith(
      { body: order({ status: "APPROVED", payment_source: card }) },
      refused("INSTRUMENT_DECLINED"),
    );
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming({ method: "card" }), call());
    expect(outcome).toMatchObject({ type: "declined", decline: { code: "INSTRUMENT_DECLINED" } });
  });

  it("sends the payer back where PayPal asks for them", async () => {
    const links = [{ href: `${PAGE}&3ds=1`, rel: "payer-action" }];
    const card = { card: { last_digits: "1111", brand: "VISA" } };
    stub.answersWith(
      { body: order({ status: "APPROVED", payment_source: card }) },
      refused("PAYER_ACTION_REQUIRED", 422, { links }),
    );
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming({ method: "card" }), call());
    expect(outcome).toMatchObject({
      next_action: { type: "redirect", url: `${PAGE}&3ds=1`, reason: "three_d_secure" },
    });
  });

  it("reads the order where PayPal says that it was paid before", async () => {
    stub.answersWith(APPROVED, refused("ORDER_ALREADY_AUTHORIZED"), AUTHORIZED);
    expect(await stub.gateway().confirmPayment(ORDER_ID, confirming(), call())).toMatchObject({
      type: "approved",
    });
    stub.answersWith(APPROVED, refused("ORDER_ALREADY_AUTHORIZED"), APPROVED);
    expect(await errorOf(stub.gateway().confirmPayment(ORDER_ID, confirming(), call()))).toMatchObject({
      kind: "unknown",
    });
  });

  it("does not know what came of it where PayPal cannot be asked after that", async () => {
    stub.answersWith(APPROVED, refused("ORDER_ALREADY_AUTHORIZED"), refused("RATE_LIMIT_REACHED", 429));
    const confirming_again = stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(await errorOf(confirming_again)).toMatchObject({ kind: "unknown" });
  });

  it("is an operator's matter where the account may not do it", async () => {
    stub.answersWith(APPROVED, refused("AUTH_CAPTURE_NOT_ENABLED"));
    expect(await errorOf(stub.gateway().confirmPayment(ORDER_ID, confirming(), call()))).toMatchObject({
      kind: "misconfigured",
      message: expect.stringContaining("AUTH_CAPTURE_NOT_ENABLED"),
    });
  });

  it("asks for a new order where PayPal has forgotten this one", async () => {
    stub.answersWith(refused("INVALID_RESOURCE_ID", 404));
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({
      type: "declined",
      decline: { category: "session_expired", code: "ORDER_EXPIRED" },
      snapshot: { reference: ORDER_ID, amount: TEN_EUROS },
    });
  });

  it("takes nothing of an order that was given up, though its payer approved", async () => {
    stub.answersWith({ body: order({ status: "APPROVED" }, undefined, { custom_id: "canceled_payatt_1" }) });
    const outcome = await stub.gateway().confirmPayment(ORDER_ID, confirming(), call());
    expect(outcome).toMatchObject({ type: "declined", snapshot: { status: "canceled" } });
    expect(stub.received).toHaveLength(1);
  });

  it.each(["text", 7, { saved_method_id: { $ne: null } }])("refuses %j as data", async (data) => {
    stub.answersWith(APPROVED);
    expect(
      await errorOf(stub.gateway().confirmPayment(ORDER_ID, confirming({ data }), call())),
    ).toMatchObject({
      kind: "invalid_data",
    });
    expect(stub.received).toEqual([]);
  });
});
