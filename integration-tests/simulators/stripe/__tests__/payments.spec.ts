import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";
import { DAY_MS, payWith, refusalOf, STAYS } from "./support";

const KEY = "sk_test_simulator";
let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe(KEY, simulator.sdk);
});

afterAll(() => simulator.stop());

const pay = (
  method: string,
  more?: Partial<Stripe.PaymentIntentCreateParams>,
): Promise<Stripe.PaymentIntent> => payWith(stripe, method, more);

describe("a payment intent", () => {
  it("waits for a payment method, then for its confirmation, and succeeds", async () => {
    const created = await stripe.paymentIntents.create({ amount: 2000, currency: "eur", ...STAYS });
    expect(created).toMatchObject({ status: "requires_payment_method", amount_received: 0, livemode: false });
    const updated = await stripe.paymentIntents.update(created.id, { payment_method: "pm_card_visa" });
    expect(updated.status).toBe("requires_confirmation");
    const confirmed = await stripe.paymentIntents.confirm(created.id);
    expect(confirmed).toMatchObject({ status: "succeeded", amount_received: 2000 });
  });

  it("is reserved with manual capture until seven days have passed", async () => {
    const intent = await pay("pm_card_visa", { capture_method: "manual", expand: ["latest_charge"] });
    expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 2000 });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.card?.capture_before).toBe(charge.created + 7 * 86_400);
    simulator.api.advance(8 * DAY_MS);
    const expired = await stripe.paymentIntents.retrieve(intent.id);
    expect(expired).toMatchObject({
      status: "canceled",
      cancellation_reason: "automatic",
      amount_capturable: 0,
    });
    const refusal = await refusalOf(stripe.paymentIntents.capture(intent.id));
    expect(refusal).toMatchObject({ code: "payment_intent_unexpected_state", statusCode: 400 });
    expect(refusal.payment_intent?.status).toBe("canceled");
  });

  it("keeps its id when its amount changes", async () => {
    const intent = await stripe.paymentIntents.create({ amount: 2000, currency: "eur", ...STAYS });
    const updated = await stripe.paymentIntents.update(intent.id, { amount: 1500, metadata: { cart: "c1" } });
    expect(updated).toMatchObject({ id: intent.id, amount: 1500, metadata: { cart: "c1" } });
    await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
    const refusal = await refusalOf(stripe.paymentIntents.update(intent.id, { amount: 1600 }));
    expect(refusal.code).toBe("payment_intent_unexpected_state");
  });

  it("releases what a partial capture leaves, as a refund inside the charge", async () => {
    const { id } = await pay("pm_card_visa", { capture_method: "manual" });
    const captured = await stripe.paymentIntents.capture(id, {
      amount_to_capture: 700,
      expand: ["latest_charge.balance_transaction"],
    });
    expect(captured).toMatchObject({ status: "succeeded", amount_received: 700, amount_capturable: 0 });
    expect(captured.latest_charge).toMatchObject({
      amount_captured: 700,
      amount_refunded: 1300,
      refunded: false,
      balance_transaction: { amount: 2000, fee: 88 },
    });
    const over = await refusalOf(stripe.refunds.create({ payment_intent: id, amount: 701 }));
    expect(over).toMatchObject({ statusCode: 400, param: "amount" });
    await stripe.refunds.create({ payment_intent: id, amount: 700 });
    const { data } = await stripe.refunds.list({ payment_intent: id });
    expect(data).toMatchObject([
      { amount: 700, balance_transaction: expect.any(String) },
      { amount: 1300, balance_transaction: expect.any(String) },
    ]);
    expect(ledgerRow(id)).toMatchObject({ captured: 700, refunded: 700 });
  });

  it("is captured several times where that was asked for and the card allows it", async () => {
    const options = { card: { request_multicapture: "if_available" } } as const;
    const { id } = await pay("pm_card_visa", { capture_method: "manual", payment_method_options: options });
    const first = await stripe.paymentIntents.capture(id, { amount_to_capture: 500, final_capture: false });
    expect(first).toMatchObject({
      status: "requires_capture",
      amount_received: 500,
      amount_capturable: 1500,
    });
    const last = await stripe.paymentIntents.capture(id, { amount_to_capture: 600 });
    expect(last).toMatchObject({ status: "succeeded", amount_received: 1100 });

    const single = await pay("pm_card_jcb", { capture_method: "manual", payment_method_options: options });
    const refusal = await refusalOf(
      stripe.paymentIntents.capture(single.id, { amount_to_capture: 500, final_capture: false }),
    );
    expect(refusal.param).toBe("final_capture");
  });

  it("cannot be captured above what is reserved", async () => {
    const { id } = await pay("pm_card_visa", { capture_method: "manual" });
    const refusal = await refusalOf(stripe.paymentIntents.capture(id, { amount_to_capture: 2001 }));
    expect(refusal.code).toBe("amount_too_large");
    expect(ledgerRow(id)).toMatchObject({ captured: 0, authorized: 2000 });
  });

  it("is canceled once and gives back what was reserved", async () => {
    const { id } = await pay("pm_card_visa", { capture_method: "manual" });
    const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: "abandoned" });
    expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" });
    const again = await refusalOf(stripe.paymentIntents.cancel(id));
    expect(again.payment_intent?.status).toBe("canceled");
    expect(ledgerRow(id)).toMatchObject({ captured: 0, authorized: 0, refunded: 0 });
  });

  it("is found by its metadata", async () => {
    const { id } = await pay("pm_card_visa", { metadata: { attempt: "find-me" } });
    const found = await stripe.paymentIntents.search({
      query: "metadata['attempt']:'find-me' AND status:'succeeded'",
    });
    expect(found.data.map((intent) => intent.id)).toEqual([id]);
    const listed = await stripe.paymentIntents.list({ limit: 1 });
    expect(listed).toMatchObject({ has_more: true, data: [{ id }] });
  });
});

describe("refunds", () => {
  it("are partial, carry their reason, and never exceed the charge", async () => {
    const { id } = await pay("pm_card_visa");
    const refund = await stripe.refunds.create({
      payment_intent: id,
      amount: 500,
      reason: "requested_by_customer",
      metadata: { order: "1" },
    });
    expect(refund).toMatchObject({ status: "succeeded", amount: 500, reason: "requested_by_customer" });
    const over = await refusalOf(stripe.refunds.create({ payment_intent: id, amount: 1501 }));
    expect(over.message).toContain("greater than unrefunded amount");
    await stripe.refunds.create({ payment_intent: id });
    const again = await refusalOf(stripe.refunds.create({ payment_intent: id, amount: 1 }));
    expect(again.code).toBe("charge_already_refunded");
    expect((await stripe.refunds.list({ payment_intent: id })).data).toHaveLength(2);
  });

  it("fail days later on the card made for it", async () => {
    const { id } = await pay("pm_card_refundFail");
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe("succeeded");
    simulator.api.advance(4 * DAY_MS);
    const failed = await stripe.refunds.retrieve(refund.id);
    expect(failed).toMatchObject({ status: "failed", failure_reason: "expired_or_canceled_card" });
    expect(ledgerRow(id)).toMatchObject({ captured: 2000, refunded: 0 });
  });

  it("are pending first on the card made for that", async () => {
    const { id } = await pay("pm_card_pendingRefund");
    const refund = await stripe.refunds.create({ payment_intent: id });
    expect(refund.status).toBe("pending");
    simulator.api.advance(4 * DAY_MS);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
  });

  it("need something that was captured", async () => {
    const { id } = await pay("pm_card_visa", { capture_method: "manual" });
    const refusal = await refusalOf(stripe.refunds.create({ payment_intent: id }));
    expect(refusal.message).toContain("does not have a successful charge");
  });
});

function ledgerRow(id: string): ReturnType<StripeSimulator["api"]["ledger"]>[number] | undefined {
  return simulator.api.ledger().find((row) => row.id === id);
}
