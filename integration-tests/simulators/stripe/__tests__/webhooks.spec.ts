import Stripe from "stripe";
import { startStripeSimulator, type StripeSimulator } from "..";
import { payWith, startEndpoint } from "./support";

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;

let simulator: StripeSimulator;
let stripe: Stripe;
let endpoint: Endpoint;

beforeEach(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe("sk_test_simulator", simulator.sdk);
  endpoint = await startEndpoint();
  simulator.api.subscribe([{ url: endpoint.url, secrets: ["whsec_old", "whsec_new"] }]);
});

afterEach(async () => {
  await simulator.stop();
  await endpoint.stop();
});

async function received(): Promise<string[]> {
  await simulator.api.deliveriesSettled();
  return endpoint.received.map(({ event }) => event.type).sort();
}

it("tell what happened to a payment, signed with every secret in force", async () => {
  const { id } = await payWith(stripe, "pm_card_visa", {
    capture_method: "manual",
    metadata: { session_id: "s1" },
  });
  await stripe.paymentIntents.capture(id);
  await stripe.refunds.create({ payment_intent: id, amount: 500 });
  expect(await received()).toEqual([
    "charge.captured",
    "charge.refunded",
    "charge.succeeded",
    "payment_intent.amount_capturable_updated",
    "payment_intent.created",
    "payment_intent.succeeded",
    "refund.created",
  ]);
  for (const { body, signature } of endpoint.received) {
    for (const secret of ["whsec_old", "whsec_new"]) {
      expect(stripe.webhooks.constructEvent(body, signature, secret).object).toBe("event");
    }
    expect(() => stripe.webhooks.constructEvent(body, signature, "whsec_other")).toThrow();
  }
  const captured = endpoint.received.find(({ event }) => event.type === "payment_intent.succeeded");
  expect(captured?.event).toMatchObject({
    api_version: Stripe.API_VERSION,
    data: { object: { id, status: "succeeded", metadata: { session_id: "s1" } } },
  });
});

const stories: [string, () => Promise<unknown>, string[]][] = [
  [
    "a decline",
    () => payWith(stripe, "pm_card_chargeDeclined").catch((error: unknown) => error),
    ["charge.failed", "payment_intent.created", "payment_intent.payment_failed"],
  ],
  [
    "a cancellation",
    async () =>
      stripe.paymentIntents.cancel((await stripe.paymentIntents.create({ amount: 99, currency: "eur" })).id),
    ["payment_intent.canceled", "payment_intent.created"],
  ],
  [
    "a refund that fails later",
    async () => {
      const { id } = await payWith(stripe, "pm_card_visa");
      simulator.api.failRefund((await stripe.refunds.create({ payment_intent: id })).id);
    },
    [
      "charge.refund.updated",
      "charge.refunded",
      "charge.succeeded",
      "payment_intent.created",
      "payment_intent.succeeded",
      "refund.created",
      "refund.failed",
      "refund.updated",
    ],
  ],
  [
    "a saved card",
    () => stripe.setupIntents.create({ payment_method: "pm_card_visa", confirm: true }),
    ["setup_intent.created", "setup_intent.succeeded"],
  ],
  [
    "payouts",
    async () => simulator.api.payOut({ amount: 1000, currency: "eur", status: "failed" }),
    ["payout.failed"],
  ],
];

it.each(stories)("tell of %s", async (_what, happen, types) => {
  await happen();
  expect(await received()).toEqual(types);
});

it("are sent again to an endpoint that does not take them, and given up after four tries", async () => {
  endpoint.answer.status = 500;
  await stripe.customers.create();
  expect(await received()).toHaveLength(4);
  expect(simulator.api.deliveries()).toMatchObject([
    { type: "customer.created", state: "given_up", statuses: [500, 500, 500, 500] },
  ]);
});

it("go only where their type is wanted", async () => {
  simulator.api.subscribe([
    { url: endpoint.url, secrets: ["whsec"], enabled_events: ["payment_intent.succeeded"] },
  ]);
  await payWith(stripe, "pm_card_visa");
  expect(await received()).toEqual(["payment_intent.succeeded"]);
});

describe("faults", () => {
  it("drop and duplicate", async () => {
    await simulator.api.fault({ fault: "webhook_drop", event_type: "charge.succeeded", times: 1 });
    await simulator.api.fault({
      fault: "webhook_duplicate",
      event_type: "payment_intent.succeeded",
      times: 1,
    });
    await payWith(stripe, "pm_card_visa");
    expect(await received()).toEqual([
      "payment_intent.created",
      "payment_intent.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  it("delay, and send the earlier after the later", async () => {
    await simulator.api.fault({ fault: "webhook_reorder", event_type: "payment_intent.created", times: 1 });
    await stripe.paymentIntents.create({ amount: 2000, currency: "eur" });
    await stripe.customers.create();
    await simulator.api.deliveriesSettled();
    expect(endpoint.received.map(({ event }) => event.type)).toEqual([
      "customer.created",
      "payment_intent.created",
    ]);

    await simulator.api.fault({ fault: "webhook_delay", value_ms: 150, times: 1 });
    await stripe.customers.create();
    expect(endpoint.received).toHaveLength(2);
    await simulator.api.deliveriesSettled();
    expect(endpoint.received).toHaveLength(3);
  });
});

it("are copied and forged by a test", async () => {
  await stripe.customers.create();
  await simulator.api.deliveriesSettled();
  const [event] = simulator.api.events();
  expect(await simulator.api.resend(event?.id ?? "", 3)).toEqual([200, 200, 200]);
  await simulator.api.forge(event?.id ?? "");
  const forged = endpoint.received.at(-1);
  expect(() =>
    stripe.webhooks.constructEvent(forged?.body ?? "", forged?.signature ?? "", "whsec_new"),
  ).toThrow();
});

it("can be read through the API as well", async () => {
  const { id } = await payWith(stripe, "pm_card_visa");
  const { data } = await stripe.events.list({ types: ["payment_intent.succeeded"] });
  expect(data).toMatchObject([{ type: "payment_intent.succeeded", data: { object: { id } } }]);
  expect((await stripe.events.retrieve(data[0]?.id ?? "")).type).toBe("payment_intent.succeeded");
});
