import Stripe from "stripe";
import { startStripeSimulator, type FaultKind, type StripeSimulator } from "..";
import { payWith, refusalOf } from "./support";

let simulator: StripeSimulator;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startStripeSimulator();
  stripe = new Stripe("sk_test_simulator", { ...simulator.sdk, timeout: 2000 });
});

afterEach(() => simulator.api.clearFaults());
afterAll(() => simulator.stop());

const params = { amount: 2000, currency: "eur" } as const;

function create(idempotencyKey: string): Promise<Stripe.Response<Stripe.PaymentIntent>> {
  return stripe.paymentIntents.create(params, { idempotencyKey });
}

const count = (): number => simulator.api.ledger().length;

describe("idempotency keys", () => {
  it("give the same answer again", async () => {
    const first = await create("replay");
    const before = count();
    const again = await create("replay");
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(count()).toBe(before);
  });

  it("replay refusals, too", async () => {
    const pay = (): Promise<unknown> =>
      stripe.paymentIntents.create(
        {
          ...params,
          payment_method: "pm_card_chargeDeclined",
          confirm: true,
          return_url: "https://shop.example",
        },
        { idempotencyKey: "declined" },
      );
    const first = await refusalOf(pay());
    const again = await refusalOf(pay());
    expect(again.charge).toBe(first.charge);
    expect(again).toMatchObject({ code: "card_declined", headers: { "idempotent-replayed": "true" } });
  });

  it("refuse other parameters and another path", async () => {
    const { id } = await create("mismatch");
    const parameters = await refusalOf(
      stripe.paymentIntents.create({ ...params, amount: 2100 }, { idempotencyKey: "mismatch" }),
    );
    expect(parameters).toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
    const path = await refusalOf(stripe.paymentIntents.cancel(id, {}, { idempotencyKey: "mismatch" }));
    expect(path).toMatchObject({ type: "StripeIdempotencyError", statusCode: 400 });
  });

  it("are in use while the first request is worked on", async () => {
    await simulator.api.fault({ fault: "latency", value_ms: 300, times: 1 });
    const first = create("in-use");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await refusalOf(create("in-use"));
    expect(second).toMatchObject({ type: "StripeAPIError", statusCode: 409, code: "idempotency_key_in_use" });
    expect((await first).status).toBe("requires_payment_method");
  });

  it("are free again after a request that was refused for its parameters, and after a day", async () => {
    const refusal = await refusalOf(
      stripe.paymentIntents.create({ ...params, amount: 10 }, { idempotencyKey: "again" }),
    );
    expect(refusal.code).toBe("amount_too_small");
    const { id } = await create("day");
    simulator.api.advance(25 * 3_600_000);
    expect((await create("day")).id).not.toBe(id);
  });
});

describe("faults before anything happened", () => {
  const answered = [
    ["http_500", "StripeAPIError", 500],
    ["http_503", "StripeAPIError", 503],
    ["http_429", "StripeRateLimitError", 429],
    ["http_409", "StripeAPIError", 409],
    ["http_502_html", "StripeAPIError", undefined],
    ["black_hole", "StripeConnectionError", undefined],
  ] as const satisfies readonly (readonly [FaultKind, string, number | undefined])[];

  it.each(answered)("%s surfaces as %s and changes nothing", async (fault, type, statusCode) => {
    const before = count();
    await simulator.api.fault({ fault, operation: "payment_intents.create", times: 1 });
    const refusal = await refusalOf(create(fault));
    expect(refusal.type).toBe(type);
    expect(refusal.statusCode).toBe(statusCode);
    expect(count()).toBe(before);
    expect((await create(fault)).lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(count()).toBe(before + 1);
  });

  it("refuse closes the port until it is removed", async () => {
    await simulator.api.fault({ fault: "refuse" });
    expect((await refusalOf(create("refused"))).type).toBe("StripeConnectionError");
    await simulator.api.clearFaults();
    expect((await create("refused")).amount).toBe(2000);
  });
});

describe("faults after the request was carried out", () => {
  const answered = [
    ["http_502_html_after", "StripeAPIError"],
    ["black_hole_after", "StripeConnectionError"],
    ["malformed", "StripeAPIError"],
  ] as const satisfies readonly (readonly [FaultKind, string])[];

  it.each(answered)("%s surfaces as %s; the key then gives the answer", async (fault, type) => {
    const before = count();
    await simulator.api.fault({ fault, operation: "payment_intents.*", times: 1 });
    expect((await refusalOf(create(fault))).type).toBe(type);
    expect(count()).toBe(before + 1);
    expect((await create(fault)).lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(count()).toBe(before + 1);
  });

  it("http_500_after is what the key then repeats", async () => {
    await simulator.api.fault({ fault: "http_500_after", times: 1 });
    expect((await refusalOf(create("lost"))).statusCode).toBe(500);
    expect((await refusalOf(create("lost"))).statusCode).toBe(500);
  });

  it("latency_after makes the answer late", async () => {
    await simulator.api.fault({ fault: "latency_after", value_ms: 200, times: 1 });
    const began = Date.now();
    await create("late");
    expect(Date.now() - began).toBeGreaterThanOrEqual(190);
  });
});

describe("a connection that is reset", () => {
  it("is tried once more by the SDK itself, also without retries, under the same key", async () => {
    const before = count();
    await simulator.api.fault({ fault: "reset_after", times: 1 });
    const intent = await create("reset once");
    expect(intent.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(count()).toBe(before + 1);
  });

  it.each([
    ["reset", 0],
    ["reset_after", 1],
  ] as const)("twice (%s) surfaces as a connection error", async (fault, made) => {
    const before = count();
    await simulator.api.fault({ fault, times: 2 });
    expect((await refusalOf(create(`${fault} twice`))).type).toBe("StripeConnectionError");
    expect(count()).toBe(before + made);
  });
});

describe("faults of one account", () => {
  it("leave the others alone", async () => {
    const both = await startStripeSimulator({
      accounts: [{ secret_key: "sk_test_a" }, { secret_key: "sk_test_b" }],
    });
    await both.api.fault({ fault: "http_500", account: "sk_test_a" });
    const [a, b] = ["sk_test_a", "sk_test_b"].map((key) => new Stripe(key, both.sdk).customers.create());
    expect((await refusalOf(a ?? Promise.resolve())).statusCode).toBe(500);
    expect((await b)?.object).toBe("customer");
    await expect(both.api.fault({ fault: "refuse", account: "sk_test_a" })).rejects.toThrow("share a port");
    await both.stop();
  });
});

describe("faults of one operation", () => {
  it("leave the others alone", async () => {
    await simulator.api.fault({ fault: "http_500", operation: "refunds.create" });
    const intent = await payWith(stripe, "pm_card_visa");
    expect((await refusalOf(stripe.refunds.create({ payment_intent: intent.id }))).statusCode).toBe(500);
    const seen = simulator.api.requests().slice(-2);
    expect(seen).toMatchObject([
      { operation: "payment_intents.create", status: 200 },
      { operation: "refunds.create", status: 500, params: { payment_intent: intent.id } },
    ]);
  });
});
