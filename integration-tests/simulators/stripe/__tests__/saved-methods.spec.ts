import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";
import { payWith, refusalOf } from "./support";

let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe("sk_test_simulator", simulator.sdk);
});

afterAll(() => simulator.stop());

describe("customers", () => {
  it("are created, changed, listed and deleted to a stub", async () => {
    const customer = await stripe.customers.create({
      email: "a@example.com",
      metadata: { medusa: "cus_1", old: "x" },
    });
    const updated = await stripe.customers.update(customer.id, { name: "Ada", metadata: { old: "" } });
    expect(updated).toMatchObject({ email: "a@example.com", name: "Ada", metadata: { medusa: "cus_1" } });
    expect(updated.metadata).not.toHaveProperty("old");
    expect((await stripe.customers.list({ email: "a@example.com" })).data).toHaveLength(1);

    await stripe.customers.del(customer.id);
    expect(await stripe.customers.retrieve(customer.id)).toEqual(
      expect.objectContaining({ id: customer.id, deleted: true }),
    );
    const refusal = await refusalOf(
      stripe.paymentIntents.create({ amount: 2000, currency: "eur", customer: customer.id }),
    );
    expect(refusal).toMatchObject({ code: "resource_missing", param: "customer", statusCode: 404 });
  });
});

describe("payment methods", () => {
  it("are attached, listed, made the default and detached", async () => {
    const customer = await stripe.customers.create();
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    const listed = await stripe.customers.listPaymentMethods(customer.id, { type: "card" });
    expect(listed.data).toMatchObject([{ id: method.id, card: { last4: "4242", brand: "visa" } }]);
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(1);
    expect((await stripe.customers.retrievePaymentMethod(customer.id, method.id)).id).toBe(method.id);

    const detached = await stripe.paymentMethods.detach(method.id);
    expect(detached.customer).toBeNull();
    const refusal = await refusalOf(payWith(stripe, method.id));
    expect(refusal.message).toContain("It may not be used again");
  });

  it("pay for their own customer only", async () => {
    const [owner, other] = [await stripe.customers.create(), await stripe.customers.create()];
    const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: owner.id });
    expect((await payWith(stripe, method.id, { customer: owner.id })).status).toBe("succeeded");
    expect((await refusalOf(payWith(stripe, method.id, { customer: other.id }))).statusCode).toBe(400);
    expect((await refusalOf(payWith(stripe, method.id))).message).toContain("belongs to a Customer");
  });

  it("are spent after one payment without a customer", async () => {
    const method = await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } });
    await payWith(stripe, method.id);
    const refusal = await refusalOf(payWith(stripe, method.id));
    expect(refusal.message).toContain("previously used");
  });

  it("are saved with a payment that asks for it", async () => {
    const customer = await stripe.customers.create();
    const intent = await payWith(stripe, "pm_card_visa", {
      customer: customer.id,
      setup_future_usage: "off_session",
    });
    const listed = await stripe.customers.listPaymentMethods(customer.id);
    expect(listed.data.map(({ id }) => id)).toEqual([intent.payment_method]);
  });

  it("that the issuer refuses cannot be attached, but for the card made for it", async () => {
    const customer = await stripe.customers.create();
    const refusal = await refusalOf(
      stripe.paymentMethods.attach("pm_card_chargeDeclined", { customer: customer.id }),
    );
    expect(refusal).toMatchObject({ code: "card_declined", statusCode: 402 });
    const method = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    const charged = await refusalOf(payWith(stripe, method.id, { customer: customer.id }));
    expect(charged.code).toBe("card_declined");
  });
});

describe("setup intents", () => {
  it("save a card, after 3-D Secure where it asks", async () => {
    const customer = await stripe.customers.create();
    const plain = await stripe.setupIntents.create({ customer: customer.id, usage: "off_session" });
    expect(plain.status).toBe("requires_payment_method");
    const done = await stripe.setupIntents.confirm(plain.id, {
      payment_method: "pm_card_visa",
      return_url: "https://shop.example/account",
    });
    expect(done.status).toBe("succeeded");

    const asked = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: "pm_card_authenticationRequired",
    });
    const waiting = await stripe.setupIntents.confirm(asked.id, { use_stripe_sdk: true });
    expect(waiting.status).toBe("requires_action");
    simulator.api.decide(asked.id, "fail");
    expect(await stripe.setupIntents.retrieve(asked.id)).toMatchObject({
      status: "requires_payment_method",
      last_setup_error: { code: "setup_intent_authentication_failure" },
    });
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
  });

  it("fail with the issuer's refusal", async () => {
    const refusal = await refusalOf(
      stripe.setupIntents.create({ payment_method: "pm_card_chargeDeclined", confirm: true }),
    );
    expect(refusal).toMatchObject({ code: "card_declined", statusCode: 402 });
    expect(refusal.setup_intent?.status).toBe("requires_payment_method");
  });

  it("are canceled once", async () => {
    const { id } = await stripe.setupIntents.create({});
    expect((await stripe.setupIntents.cancel(id)).status).toBe("canceled");
    expect((await refusalOf(stripe.setupIntents.cancel(id))).code).toBe("setup_intent_unexpected_state");
  });
});

describe("confirmation tokens", () => {
  it("pay one intent, once", async () => {
    const token = await stripe.testHelpers.confirmationTokens.create({
      payment_method: "pm_card_visa",
      return_url: "https://shop.example/return",
    });
    expect(token.payment_method_preview).toMatchObject({ type: "card", card: { last4: "4242" } });
    const params = { amount: 2000, currency: "eur", confirm: true, confirmation_token: token.id };
    const intent = await stripe.paymentIntents.create(params);
    expect(intent.status).toBe("succeeded");
    expect((await stripe.confirmationTokens.retrieve(token.id)).payment_intent).toBe(intent.id);
    expect((await refusalOf(stripe.paymentIntents.create(params))).message).toContain("already been used");
  });

  it("expire after twelve hours", async () => {
    const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
    simulator.api.advance(13 * 3_600_000);
    const refusal = await refusalOf(
      stripe.paymentIntents.create({
        amount: 2000,
        currency: "eur",
        confirm: true,
        confirmation_token: token.id,
        return_url: "https://shop.example/return",
      }),
    );
    expect(refusal.message).toContain("expired");
  });
});
