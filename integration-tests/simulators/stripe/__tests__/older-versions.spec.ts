import { createRequire } from "node:module";
import type Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";

/** The SDK that the official Medusa plugin brings along, of API version 2024-04-10. */
const { Stripe: OlderStripe } = createRequire(require.resolve("@medusajs/payment-stripe"))("stripe") as {
  Stripe: new (key: string, config: StripeSimulator["sdk"]) => Stripe;
};

let simulator: StripeSimulator;

beforeAll(async () => {
  simulator = await startStripeSimulator();
});

afterAll(() => simulator.stop());

it("an older SDK reserves, captures, and gives back", async () => {
  const stripe = new OlderStripe("sk_test_simulator", simulator.sdk);
  const legacy = { payment_method_types: ["card"] };
  const intent = await stripe.paymentIntents.create({
    amount: 2000,
    currency: "eur",
    capture_method: "manual",
    metadata: { session_id: "payses_1" },
    ...legacy,
  });
  expect(intent).toMatchObject({ status: "requires_payment_method", payment_method_types: ["card"] });
  const reserved = await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
  expect(reserved.status).toBe("requires_capture");
  expect((await stripe.paymentIntents.capture(intent.id)).status).toBe("succeeded");
  await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
  expect(simulator.api.ledger()).toMatchObject([{ captured: 2000, refunded: 500 }]);
  expect(simulator.api.requests()[0]?.api_version).toBe("2024-04-10");
});
