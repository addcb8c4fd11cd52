import Stripe from "stripe";
import { startStripeSimulator, TEST_CARDS, type StripeSimulator } from "..";
import { payWith, refusalOf } from "./support";

let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe("sk_test_simulator", simulator.sdk);
});

afterAll(() => simulator.stop());

describe("declines", () => {
  // Docs: Test your integration.
  const published = [
    ["4000000000000002", "card_declined", "generic_decline"],
    ["4000000000009995", "card_declined", "insufficient_funds"],
    ["4000000000009987", "card_declined", "lost_card"],
    ["4000000000009979", "card_declined", "stolen_card"],
    ["4000000000000069", "expired_card", ""],
    ["4000000000000127", "incorrect_cvc", ""],
    ["4000000000000119", "processing_error", ""],
    ["4000000000006975", "card_declined", "card_velocity_exceeded"],
  ] as const;

  it.each(published)("%s is refused with %s %s", async (number, code, decline_code) => {
    const method = await stripe.paymentMethods.create({
      type: "card",
      card: { number, exp_month: 12, exp_year: 2040, cvc: "123" },
    });
    const refusal = await refusalOf(payWith(stripe, method.id));
    expect(refusal).toMatchObject({ type: "StripeCardError", statusCode: 402, code });
    expect(refusal.decline_code).toBe(decline_code);
    const intent = await stripe.paymentIntents.retrieve(refusal.payment_intent?.id ?? "");
    expect(intent).toMatchObject({
      status: "requires_payment_method",
      payment_method: null,
      latest_charge: refusal.charge,
      last_payment_error: {
        code,
        type: "card_error",
        charge: refusal.charge,
        payment_method: { id: method.id },
      },
    });
    const charge = await stripe.charges.retrieve(refusal.charge ?? "");
    expect(charge).toMatchObject({
      status: "failed",
      failure_code: code,
      outcome: { type: "issuer_declined" },
    });
  });

  it("carry the issuer's advice and the network's codes", async () => {
    const stolen = await refusalOf(payWith(stripe, "pm_card_visa_chargeDeclinedStolenCard"));
    expect(stolen).toMatchObject({ advice_code: "do_not_try_again", network_decline_code: "43" });
    const advised = await refusalOf(payWith(stripe, "pm_card_simulatorDoNotTryAgain"));
    expect(advised).toMatchObject({ network_advice_code: "03" });
  });

  it("leave an intent that another card can pay", async () => {
    const refusal = await refusalOf(payWith(stripe, "pm_card_chargeDeclined"));
    const paid = await stripe.paymentIntents.confirm(refusal.payment_intent?.id ?? "", {
      payment_method: "pm_card_visa",
    });
    expect(paid).toMatchObject({ status: "succeeded", last_payment_error: null });
  });

  it("are answered for a mistyped card before it is charged", async () => {
    const card = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" };
    const codes = await Promise.all(
      [{ number: "4242424242424241" }, { exp_month: 13 }, { exp_year: 2020 }, { cvc: "1" }].map(
        async (mistake) => {
          const refusal = await refusalOf(
            stripe.paymentMethods.create({ type: "card", card: { ...card, ...mistake } }),
          );
          return refusal.code;
        },
      ),
    );
    expect(codes).toEqual(["incorrect_number", "invalid_expiry_month", "invalid_expiry_year", "invalid_cvc"]);
    const real = await refusalOf(
      stripe.paymentMethods.create({ type: "card", card: { ...card, number: "4111111111111111" } }),
    );
    expect(real.decline_code).toBe("test_mode_live_card");
  });

  it("are played for whatever code a test names", async () => {
    const refusal = await refusalOf(payWith(stripe, "pm_card_declined_merchant_blacklist"));
    expect(refusal).toMatchObject({ code: "card_declined", decline_code: "merchant_blacklist" });
  });

  it("have a test card or token with a name of its own each", () => {
    const names = TEST_CARDS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("3-D Secure", () => {
  const return_url = "https://shop.example/return";

  it("is asked for by redirect when the server confirms with a return address", async () => {
    const intent = await payWith(stripe, "pm_card_authenticationRequired", { return_url });
    expect(intent).toMatchObject({
      status: "requires_action",
      next_action: { type: "redirect_to_url", redirect_to_url: { return_url } },
    });
    const url = intent.next_action?.redirect_to_url?.url ?? "";
    expect(await (await fetch(url)).text()).toContain('<button name="decision" value="approve">');
    const page = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ decision: "approve" }),
      redirect: "manual",
    });
    const back = new URL(page.headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe(return_url);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: "succeeded",
    });
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] });
    expect(paid).toMatchObject({
      status: "succeeded",
      next_action: null,
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
    });
  });

  it("is left to Stripe.js where that confirms", async () => {
    const intent = await payWith(stripe, "pm_card_threeDSecure2Required", { use_stripe_sdk: true });
    expect(intent.next_action?.type).toBe("use_stripe_sdk");
    simulator.api.decide(intent.id, "approve");
    expect(simulator.api.paymentIntent(intent.id).status).toBe("succeeded");
  });

  it("refuses a shopper who fails it, and lets another card pay", async () => {
    const { id } = await payWith(stripe, "pm_card_authenticationRequired", { return_url });
    simulator.api.decide(id, "fail");
    const failed = await stripe.paymentIntents.retrieve(id);
    expect(failed).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_intent_authentication_failure", type: "invalid_request_error" },
    });
    expect(() => simulator.api.decide(id, "approve")).toThrow("Nothing is asked");
  });

  it("is followed by the issuer's refusal on the cards made for it", async () => {
    const intents = await Promise.all(
      ["authenticationRequiredChargeDeclinedInsufficientFunds", "threeDSecureRequiredChargeDeclined"].map(
        (name) => payWith(stripe, `pm_card_${name}`, { return_url }),
      ),
    );
    intents.forEach(({ id }) => simulator.api.decide(id, "approve"));
    const codes = intents.map(({ id }) => simulator.api.paymentIntent(id).last_payment_error?.decline_code);
    expect(codes).toEqual(["insufficient_funds", "generic_decline"]);
  });

  it("fails when the card's page cannot be looked up", async () => {
    const refusal = await refusalOf(payWith(stripe, "pm_card_threeDSecureRequiredProcessingError"));
    expect(refusal.code).toBe("card_declined");
  });

  it("is optional on some cards, and done when the merchant asks", async () => {
    const without = await payWith(stripe, "pm_card_threeDSecureOptional");
    expect(without.status).toBe("succeeded");
    const asked = await payWith(stripe, "pm_card_threeDSecureOptional", {
      return_url,
      payment_method_options: { card: { request_three_d_secure: "any" } },
    });
    expect(asked.status).toBe("requires_action");
  });

  it("is demanded by some issuers, who refuse without it", async () => {
    const refusal = await refusalOf(payWith(stripe, "pm_card_simulatorAuthenticationDemanded"));
    expect(refusal.decline_code).toBe("authentication_required");
    const asked = await payWith(stripe, "pm_card_simulatorAuthenticationDemanded", {
      return_url,
      payment_method_options: { card: { request_three_d_secure: "any" } },
    });
    simulator.api.decide(asked.id, "approve");
    expect(simulator.api.paymentIntent(asked.id).status).toBe("succeeded");
  });

  it("is refused off-session unless the card was set up", async () => {
    const customer = await stripe.customers.create({ email: "shopper@example.com" });
    const off_session = { customer: customer.id, off_session: true };
    const unless = await stripe.paymentMethods.attach("pm_card_authenticationRequiredOnSetup", {
      customer: customer.id,
    });
    const refusal = await refusalOf(payWith(stripe, unless.id, off_session));
    expect(refusal).toMatchObject({
      code: "authentication_required",
      decline_code: "authentication_required",
    });

    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: unless.id,
      confirm: true,
      return_url,
    });
    expect(setup.status).toBe("requires_action");
    simulator.api.decide(setup.id, "approve");
    expect((await payWith(stripe, unless.id, off_session)).status).toBe("succeeded");

    const already = await stripe.paymentMethods.attach("pm_card_authenticationRequiredSetupForOffSession", {
      customer: customer.id,
    });
    expect((await payWith(stripe, already.id, off_session)).status).toBe("succeeded");
    expect((await payWith(stripe, already.id, { customer: customer.id, return_url })).status).toBe(
      "requires_action",
    );
  });

  it("is an error where the server will not handle it", async () => {
    const refusal = await refusalOf(
      payWith(stripe, "pm_card_authenticationRequired", { error_on_requires_action: true }),
    );
    expect(refusal.decline_code).toBe("authentication_not_handled");
  });

  it("needs a way back when methods may redirect", async () => {
    const params = { amount: 2000, currency: "eur", payment_method: "pm_card_visa", confirm: true } as const;
    const refusal = await refusalOf(stripe.paymentIntents.create(params));
    expect(refusal.message).toContain("you must provide a `return_url`");
    expect((await stripe.paymentIntents.create({ ...params, return_url })).status).toBe("succeeded");
  });

  it("starts anew when the amount changes meanwhile", async () => {
    const { id } = await payWith(stripe, "pm_card_authenticationRequired", { return_url });
    const changed = await stripe.paymentIntents.update(id, { amount: 2500 });
    expect(changed).toMatchObject({ status: "requires_confirmation", next_action: null, amount: 2500 });
    expect((await stripe.paymentIntents.confirm(id, { return_url })).status).toBe("requires_action");
  });
});
