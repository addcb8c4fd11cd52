import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";
import { DAY_MS, payWith, refusalOf } from "./support";

let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe("sk_test_simulator", simulator.sdk);
});

afterAll(() => simulator.stop());

const return_url = "https://shop.example/return";

function payBy(
  payment_method_data: Stripe.PaymentIntentCreateParams.PaymentMethodData,
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 2000,
    currency: "eur",
    automatic_payment_methods: { enabled: true },
    payment_method_data,
    return_url,
    confirm: true,
  });
}

describe("bank redirects", () => {
  it("send the shopper to the bank and succeed there", async () => {
    const intent = await payBy({ type: "ideal" });
    expect(intent).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    simulator.api.decide(intent.id, "approve");
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ["payment_method"] });
    expect(paid).toMatchObject({ status: "succeeded", payment_method: { type: "ideal" } });
  });

  it("are refused when the shopper declines at the bank", async () => {
    const { id } = await payBy({ type: "bancontact" });
    simulator.api.decide(id, "fail");
    expect(simulator.api.paymentIntent(id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code: "payment_method_customer_decline" },
    });
  });

  it("are offered only where currency and capture allow them", async () => {
    const euros = await stripe.paymentIntents.create({ amount: 2000, currency: "eur" });
    expect(euros.payment_method_types).toEqual([
      "card",
      "link",
      "ideal",
      "bancontact",
      "klarna",
      "sepa_debit",
    ]);
    const dollars = await stripe.paymentIntents.create({
      amount: 2000,
      currency: "usd",
      capture_method: "manual",
    });
    expect(dollars.payment_method_types).toEqual(["card", "link", "klarna"]);
    const changed = await stripe.paymentIntents.update(euros.id, { currency: "usd" });
    expect(changed.payment_method_types).toEqual(["card", "link", "klarna"]);
    const refusal = await refusalOf(
      stripe.paymentIntents.confirm(dollars.id, { payment_method_data: { type: "ideal" }, return_url }),
    );
    expect(refusal.code).toBe("payment_intent_incompatible_payment_method");
  });
});

describe("bank debits", () => {
  it("are processing for days, then succeed", async () => {
    const intent = await payBy({ type: "sepa_debit", sepa_debit: { iban: "DE89370400440532013000" } });
    expect(intent.status).toBe("processing");
    const refusal = await refusalOf(stripe.paymentIntents.cancel(intent.id));
    expect(refusal.code).toBe("payment_intent_unexpected_state");
    simulator.api.advance(7 * DAY_MS);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "succeeded",
      amount_received: 2000,
    });
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe("pending");
  });

  it("fail days later on the accounts made for it", async () => {
    const { id } = await payBy({ type: "sepa_debit", sepa_debit: { iban: "DE62370400440532013001" } });
    simulator.api.advance(7 * DAY_MS);
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: "requires_payment_method",
      amount_received: 0,
      last_payment_error: { code: "debit_not_authorized" },
    });
  });

  it("are settled when a test says so", async () => {
    const { id } = await payBy({ type: "sepa_debit", sepa_debit: { iban: "DE89370400440532013000" } });
    simulator.api.settleDebit(id, "paid");
    expect(simulator.api.paymentIntent(id).status).toBe("succeeded");
  });
});

describe("bank transfers", () => {
  it("may come in parts", async () => {
    const elsewhere = await startStripeSimulator({
      accounts: [{ secret_key: "sk_test_transfer", payment_method_types: ["customer_balance"] }],
    });
    const sdk = new Stripe("sk_test_transfer", elsewhere.sdk);
    const intent = await sdk.paymentIntents.create({
      amount: 2000,
      currency: "eur",
      allowed_payment_method_types: ["customer_balance"],
      payment_method_data: { type: "customer_balance" },
      confirm: true,
    });
    expect(intent.next_action?.type).toBe("display_bank_transfer_instructions");
    elsewhere.api.transfer(intent.id, 1500);
    expect(await sdk.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: "requires_action",
      next_action: { display_bank_transfer_instructions: { amount_remaining: 500 } },
    });
    elsewhere.api.transfer(intent.id, 500);
    expect((await sdk.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    expect(elsewhere.api.events().map(({ type }) => type)).toContain("payment_intent.partially_funded");
    await elsewhere.stop();
  });
});

describe("vouchers and codes", () => {
  it("are shown to the shopper, who pays elsewhere", async () => {
    const elsewhere = await startStripeSimulator({
      accounts: [{ secret_key: "sk_test_voucher", payment_method_types: ["card", "multibanco", "blik"] }],
    });
    const sdk = new Stripe("sk_test_voucher", elsewhere.sdk);
    const create = (currency: string, type: "multibanco" | "blik"): Promise<Stripe.PaymentIntent> =>
      sdk.paymentIntents.create({
        amount: 2000,
        currency,
        allowed_payment_method_types: [type],
        payment_method_data: { type },
        confirm: true,
      });
    const voucher = await create("eur", "multibanco");
    expect(voucher).toMatchObject({
      status: "requires_action",
      next_action: { multibanco_display_details: { hosted_voucher_url: expect.stringContaining("http") } },
    });
    elsewhere.api.decide(voucher.id, "approve");
    expect((await sdk.paymentIntents.retrieve(voucher.id)).status).toBe("succeeded");
    expect((await create("pln", "blik")).next_action?.type).toBe("blik_authorize");
    await elsewhere.stop();
  });
});

describe("wallets", () => {
  it("are cards that tell which wallet they came from", async () => {
    const intent = await payWith(stripe, "pm_card_visa__apple_pay", {
      expand: ["payment_method", "latest_charge"],
    });
    expect(intent).toMatchObject({
      status: "succeeded",
      payment_method: { type: "card", card: { wallet: { type: "apple_pay" } } },
      latest_charge: { payment_method_details: { card: { wallet: { type: "apple_pay" } } } },
    });
    const refusal = await refusalOf(payWith(stripe, "pm_card_chargeDeclined__google_pay"));
    expect(refusal.payment_method?.card?.wallet?.type).toBe("google_pay");
  });

  it("need a registered domain, which Apple may refuse until it is looked at again", async () => {
    const domain = await stripe.paymentMethodDomains.create({ domain_name: "shop.example.com" });
    expect(domain).toMatchObject({ enabled: true, apple_pay: { status: "active" } });
    expect((await stripe.paymentMethodDomains.create({ domain_name: "shop.example.com" })).id).toBe(
      domain.id,
    );
    simulator.api.refuseApplePay(domain.id);
    const listed = await stripe.paymentMethodDomains.list({ domain_name: "shop.example.com" });
    expect(listed.data).toMatchObject([{ apple_pay: { status: "inactive", status_details: {} } }]);
    const validated = await stripe.paymentMethodDomains.validate(domain.id);
    expect(validated.apple_pay.status).toBe("active");
    const refusal = await refusalOf(stripe.paymentMethodDomains.create({ domain_name: "localhost:9000" }));
    expect(refusal).toMatchObject({ statusCode: 400, param: "domain_name" });
  });
});

describe("disputes", () => {
  it("are opened at once on the card made for it and close either way", async () => {
    const intent = await payWith(stripe, "pm_card_createDispute");
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    expect(data).toMatchObject([{ status: "needs_response", reason: "fraudulent", amount: 2000 }]);
    const refusal = await refusalOf(stripe.refunds.create({ payment_intent: intent.id }));
    expect(refusal.code).toBe("charge_disputed");
    simulator.api.closeDispute(data[0]?.id ?? "", "lost");
    expect((await stripe.disputes.retrieve(data[0]?.id ?? "")).status).toBe("lost");
  });

  it("are opened by a test on any charge", async () => {
    const intent = await payWith(stripe, "pm_card_visa");
    const dispute = simulator.api.openDispute(intent.id, { reason: "product_not_received", amount: 500 });
    simulator.api.answerDispute(dispute.id);
    simulator.api.closeDispute(dispute.id, "won");
    expect(simulator.api.events().map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
      ]),
    );
  });
});
