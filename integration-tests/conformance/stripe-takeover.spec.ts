import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import Stripe from "stripe";
import { money, type GatewayPaymentProvider } from "../../src/gateway";
import { PROVIDER_OPTION } from "../../src/gateway/provider-option";
import { StripePaymentProvider } from "../../src/providers/stripe";
import official from "../../src/providers/stripe/official";
import { MedusaPayments, MemoryJournal, type PaymentRow } from "../../src/testing";
import { startStripeSimulator, type StripeSimulator } from "../simulators/stripe";

/** Without its types: those of its older SDK would take the place of the ones in use. */
const plugin = createRequire(require.resolve("@medusajs/payment-stripe"));
type Fields = Record<string, unknown>;
type ProviderClass = new (cradle: Fields, options: Fields) => GatewayPaymentProvider;
const officialProvider = (file: string) =>
  (plugin(`./services/${file}`) as { default: ProviderClass }).default;
const { Stripe: OlderStripe } = plugin("stripe") as {
  Stripe: new (key: string, config: StripeSimulator["sdk"]) => object;
};

const API_KEY = "sk_test_that_stays_the_same";
const HUNDRED = money(10_000n, "EUR");

/** docs/from-payment-stripe.md: a store changes over while payments of the official plugin are open. */
describe("a store that comes from @medusajs/payment-stripe", () => {
  let simulator: StripeSimulator;
  beforeAll(async () => {
    simulator = await startStripeSimulator({ accounts: [{ secret_key: API_KEY }] });
  });
  afterAll(() => simulator.stop());

  /** A store that runs the official plugin, and the same store after the change. */
  function store(
    Official = officialProvider("stripe-provider"),
    Ours: ProviderClass = StripePaymentProvider,
  ): {
    medusa: MedusaPayments;
    journal: MemoryJournal;
    changeOver(): GatewayPaymentProvider;
    goBack(): void;
  } {
    const journal = new MemoryJournal();
    const medusa = new MedusaPayments(journal);
    const official = new Official(medusa.cradle, { apiKey: API_KEY });
    // It has no option for the address of its service.
    Object.assign(official, { stripe_: new OlderStripe(API_KEY, simulator.sdk) });
    medusa.attach(official);
    return {
      medusa,
      journal,
      goBack: () => medusa.attach(official),
      changeOver: () => {
        const options = { apiKey: API_KEY, webhookSecret: "whsec_the_same", api_url: simulator.url };
        const ours = new Ours(medusa.cradle, { ...options, [PROVIDER_OPTION]: "stripe" });
        medusa.attach(ours);
        return ours;
      },
    };
  }

  async function paidByOfficial(medusa: MedusaPayments): Promise<PaymentRow> {
    const session = await medusa.createPaymentSession({
      payment_collection_id: `pay_col_${randomUUID()}`,
      amount: HUNDRED,
      data: { payment_method_types: ["card"] },
    });
    const sdk = new Stripe(API_KEY, simulator.sdk);
    await sdk.paymentIntents.confirm(String(session.data.id), { payment_method: "pm_card_visa" });
    return medusa.authorizePaymentSession(session.id);
  }

  const booked = ({ data }: PaymentRow) =>
    simulator.api.ledger().find(({ id }) => id === (data.id ?? data.gateway_reference));

  it("captures and refunds what the official plugin authorized", async () => {
    const { medusa, journal, changeOver } = store();
    const payment = await paidByOfficial(medusa);
    changeOver();
    await medusa.capturePayment(payment.id);
    expect(booked(payment)).toMatchObject({ captured: 10_000, status: "succeeded" });
    await medusa.refundPayment(payment.id, money(2_500n, "EUR"));
    await medusa.refundPayment(payment.id, money(2_500n, "EUR"));
    expect(booked(payment)).toMatchObject({ refunded: 5_000 });
    expect(medusa.recorded("captures", payment)).toBe(10_000n);
    expect(medusa.recorded("refunds", payment)).toBe(5_000n);
    expect(journal.findings).toEqual([]);
  });

  it("captures a part, which the official plugin cannot", async () => {
    const { medusa, changeOver } = store();
    const payment = await paidByOfficial(medusa);
    changeOver();
    await medusa.capturePayment(payment.id, money(4_000n, "EUR"));
    expect(booked(payment)).toMatchObject({ captured: 4_000, refunded: 0 });
  });

  it("voids it", async () => {
    const { medusa, changeOver } = store();
    const payment = await paidByOfficial(medusa);
    changeOver();
    await medusa.cancelPayment(payment.id);
    expect(booked(payment)).toMatchObject({ status: "canceled", captured: 0 });
  });

  it("goes on refunding what the official plugin captured and refunded in part", async () => {
    const { medusa, changeOver } = store();
    const payment = await paidByOfficial(medusa);
    await medusa.capturePayment(payment.id);
    await medusa.refundPayment(payment.id, money(1_000n, "EUR"));
    changeOver();
    await medusa.refundPayment(payment.id, money(9_000n, "EUR"));
    expect(booked(payment)).toMatchObject({ captured: 10_000, refunded: 10_000 });
  });

  it("completes a checkout that was confirmed in the browser before the change", async () => {
    const { medusa, changeOver } = store();
    const session = await medusa.createPaymentSession({
      payment_collection_id: `pay_col_${randomUUID()}`,
      amount: HUNDRED,
      data: { payment_method_types: ["card"] },
    });
    const sdk = new Stripe(API_KEY, simulator.sdk);
    await sdk.paymentIntents.confirm(String(session.data.id), { payment_method: "pm_card_visa" });
    changeOver();
    const payment = await medusa.authorizePaymentSession(session.id);
    await medusa.capturePayment(payment.id);
    expect(booked(payment)).toMatchObject({ captured: 10_000 });
  });

  it("refunds what a provider of the official plugin for one method took, and goes by its name", async () => {
    const providers = official.services as (ProviderClass & { identifier: string })[];
    const Ideal = providers.find(({ identifier }) => identifier === "stripe-ideal");
    const { medusa, changeOver } = store(officialProvider("stripe-ideal"), Ideal);
    const session = await medusa.createPaymentSession({
      payment_collection_id: `pay_col_${randomUUID()}`,
      amount: HUNDRED,
    });
    const id = String(session.data.id);
    const sdk = new Stripe(API_KEY, simulator.sdk);
    await sdk.paymentIntents.confirm(id, {
      payment_method_data: { type: "ideal", ideal: {}, billing_details: { name: "Ada" } },
      return_url: "https://shop.example/back",
    });
    simulator.api.decide(id, "approve");
    const payment = await medusa.authorizePaymentSession(session.id);
    const ours = changeOver();
    expect(ours.provider_id).toBe("pp_stripe-ideal_stripe");
    expect(ours.gateway.capabilities.methods.map((method) => method.id)).toEqual(["ideal"]);
    await medusa.refundPayment(payment.id, money(2_500n, "EUR"));
    expect(booked(payment)).toMatchObject({ captured: 10_000, refunded: 2_500 });
  });

  it("has every provider of the official plugin but the one whose method was closed down", () => {
    const { services } = plugin("./index").default as { services: { identifier: string }[] };
    const names = (listed: readonly { identifier: string }[]) =>
      listed.map(({ identifier }) => identifier).sort();
    expect(names(official.services as unknown as { identifier: string }[])).toEqual(
      names(services).filter((name) => name !== "stripe-giropay"),
    );
  });

  it("may go back: the official plugin captures and refunds what was paid here", async () => {
    const { medusa, changeOver, goBack } = store();
    changeOver();
    const session = await medusa.createPaymentSession({
      payment_collection_id: `pay_col_${randomUUID()}`,
      amount: HUNDRED,
      data: { method: "card" },
    });
    // As a storefront for the official plugin does it.
    const { id, client_secret } = session.data;
    expect(client_secret).toMatch(`${String(id)}_secret_`);
    const sdk = new Stripe(API_KEY, simulator.sdk);
    await sdk.paymentIntents.confirm(String(id), { payment_method: "pm_card_visa" });
    const payment = await medusa.authorizePaymentSession(session.id);
    goBack();
    await medusa.capturePayment(payment.id);
    await medusa.refundPayment(payment.id, money(2_500n, "EUR"));
    expect(booked(payment)).toMatchObject({ captured: 10_000, refunded: 2_500 });
  });

  it("is not taken in by data that merely names a payment", async () => {
    const { medusa, changeOver } = store();
    const payment = await paidByOfficial(medusa);
    const ours = changeOver();
    const session = await medusa.createPaymentSession({
      payment_collection_id: `pay_col_${randomUUID()}`,
      amount: HUNDRED,
      data: { id: payment.data.id, object: "payment_intent", metadata: payment.data.metadata },
    });
    await expect(medusa.authorizePaymentSession(session.id)).rejects.toThrow("another step");
    const elsewhere = ours.capturePayment({ data: { id: "pi_of_nobody", object: "payment_intent" } });
    await expect(elsewhere).rejects.toMatchObject({ kind: "misconfigured" });
    await expect(ours.capturePayment({ data: { id: payment.data.id } })).rejects.toThrow(
      "no payment attempt",
    );
  });
});
