import Stripe from "stripe";
import { startStripeSimulator, type LedgerRow, type StripeSimulator } from "..";
import { DAY_MS, payWith, startEndpoint } from "./support";

const KEY = "sk_test_simulator";
const RESERVED = { capture_method: "manual" } as const;
let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe(KEY, simulator.sdk);
});

afterAll(() => simulator.stop());

describe("the ledger", () => {
  it("tells what was released from what was refunded", async () => {
    const { id } = await payWith(stripe, "pm_card_visa", RESERVED);
    await stripe.paymentIntents.capture(id, { amount_to_capture: 700 });
    await stripe.refunds.create({ payment_intent: id, amount: 200 });
    expect(bookedOf(id)).toMatchObject({
      approved: 2000,
      approvals: 1,
      authorized: 0,
      captured: 700,
      released: 1300,
      refunded: 200,
    });
  });

  it("counts a refund that came back as neither", async () => {
    const { id } = await payWith(stripe, "pm_card_refundFail");
    await stripe.refunds.create({ payment_intent: id, amount: 500 });
    simulator.api.advance(4 * DAY_MS);
    expect(bookedOf(id)).toMatchObject({ approved: 2000, captured: 2000, released: 0, refunded: 0 });
  });

  it("lets an account's refunds end sooner", async () => {
    const hasty = await startStripeSimulator({ accounts: [{ secret_key: KEY, refunds_end_after_ms: 2000 }] });
    const { id } = await payWith(new Stripe(KEY, hasty.sdk), "pm_card_refundFail");
    hasty.api.dashboard.refund(id, 500);
    hasty.api.advance(2000);
    expect(hasty.api.ledger()).toMatchObject([{ id, refunded: 0 }]);
    await hasty.stop();
  });

  it("counts approvals, and no refusal among them", async () => {
    const { id } = await stripe.paymentIntents.create({
      amount: 2000,
      currency: "eur",
      allowed_payment_method_types: ["card"],
    });
    await stripe.paymentIntents
      .confirm(id, { payment_method: "pm_card_chargeDeclined" })
      .catch((refusal: unknown) => refusal);
    expect(bookedOf(id)).toMatchObject({ approved: 0, approvals: 0, charges: 1 });
    await stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" });
    expect(bookedOf(id)).toMatchObject({ approved: 2000, approvals: 1, charges: 2 });
  });

  it("names what was done to an intent, with the keys of the calls", async () => {
    const { id } = await payWith(stripe, "pm_card_visa", RESERVED);
    await stripe.paymentIntents.capture(id, { amount_to_capture: 700 }, { idempotencyKey: "our-capture" });
    simulator.api.dashboard.refund(id, 200);
    const done = bookedOf(id).operations.map(({ kind, amount }) => `${kind} ${amount}`);
    expect(done).toEqual(["create 2000", "authorize 2000", "capture 700", "refund 200"]);
    expect(keysOf(id, "capture")).toEqual(["our-capture"]);
    expect(keysOf(id, "refund")).toEqual([null]);
  });

  it("writes a call down once, however often its key is used", async () => {
    const { id } = await payWith(stripe, "pm_card_visa");
    const refund = () => stripe.refunds.create({ payment_intent: id, amount: 500 }, { idempotencyKey: id });
    await refund();
    await refund();
    expect(keysOf(id, "refund")).toEqual([id]);
  });

  it.each([
    ["is canceled", "cancel", (id: string) => stripe.paymentIntents.cancel(id)],
    ["lapses", "expire", async () => simulator.api.advance(8 * DAY_MS)],
    ["is changed", "update", (id: string) => stripe.paymentIntents.update(id, { description: "Shoes" })],
  ])("notes that an intent %s", async (_what, kind, act: (id: string) => Promise<unknown>) => {
    const { id } = await payWith(stripe, "pm_card_visa", RESERVED);
    await act(id);
    expect(bookedOf(id).operations.at(-1)).toMatchObject({ kind });
  });

  it("is disputed once, also where the card disputes what is taken", async () => {
    const { id } = await payWith(stripe, "pm_card_createDispute", {
      ...RESERVED,
      payment_method_options: { card: { request_multicapture: "if_available" } },
    });
    expect(() => simulator.api.openDispute(id)).toThrow("Nothing was taken");
    await stripe.paymentIntents.capture(id, { amount_to_capture: 700, final_capture: false });
    simulator.api.openDispute(id, { amount: 100 });
    await stripe.paymentIntents.capture(id);
    const done = bookedOf(id).operations.map(({ kind, amount }) => `${kind} ${amount}`);
    expect(done.slice(2)).toEqual(["capture 700", "dispute 100", "capture 1300"]);
  });

  it("notes the shopper's decision without a key", async () => {
    const { id } = await payWith(stripe, "pm_card_authenticationRequired");
    simulator.api.decide(id, "approve");
    const operations = bookedOf(id).operations.map(({ kind }) => kind);
    expect(operations).toEqual(["create", "challenge", "authorize", "capture"]);
    expect(keysOf(id, "authorize")).toEqual([null]);
  });

  it("tells what changed since somebody last looked", async () => {
    const { id } = await payWith(stripe, "pm_card_visa");
    const { rows, revision } = simulator.api.ledgerSince(0);
    expect(rows.at(-1)).toMatchObject({ id, refunded: 0 });
    expect(simulator.api.ledgerSince(revision).rows).toEqual([]);
    await stripe.refunds.create({ payment_intent: id });
    const next = simulator.api.ledgerSince(revision);
    expect(next.rows).toMatchObject([{ id, refunded: 2000 }]);
    expect(next.revision).toBeGreaterThan(revision);
  });
});

describe("the hand of a test", () => {
  it("tells which faults are in force, and how often each still strikes", async () => {
    await simulator.api.fault({ fault: "http_503", operation: "payment_intents.retrieve", times: 2 });
    await stripe.paymentIntents.retrieve("pi_unknown").catch((refusal: unknown) => refusal);
    expect(simulator.api.faults()).toMatchObject([{ fault: "http_503", times: 1 }]);
    await simulator.api.clearFaults();
    expect(simulator.api.faults()).toEqual([]);
  });

  it("sends events of its own making, genuine or forged", async () => {
    const secret = "whsec_of_the_test";
    const { url, received, stop } = await startEndpoint();
    simulator.api.subscribe([{ url, secrets: [secret] }]);
    const made = { type: "something.unknown", object: { object: "thing" } };
    expect(await simulator.api.sendMade({ id: "evt_made", ...made }, { times: 2 })).toEqual([200, 200]);
    expect(await simulator.api.sendMade({ id: "evt_forged", ...made }, { forged: true })).toEqual([200]);
    const genuine = received.map(({ body, signature, event }) => [
      event.id,
      isGenuine(body, signature, secret),
    ]);
    expect(genuine).toEqual([
      ["evt_made", true],
      ["evt_made", true],
      ["evt_forged", false],
    ]);
    expect(simulator.api.deliveriesWaiting()).toBe(0);
    simulator.api.subscribe([]);
    await stop();
  });
});

function bookedOf(id: string): LedgerRow {
  const row = simulator.api.ledger().find((each) => each.id === id);
  if (!row) {
    throw new Error(`The ledger does not have ${id}.`);
  }
  return row;
}

function keysOf(id: string, kind: string): (string | null)[] {
  return bookedOf(id)
    .operations.filter((operation) => operation.kind === kind)
    .map(({ idempotency_key }) => idempotency_key);
}

function isGenuine(body: string, signature: string, secret: string): boolean {
  try {
    Stripe.webhooks.constructEvent(body, signature, secret);
    return true;
  } catch {
    return false;
  }
}
