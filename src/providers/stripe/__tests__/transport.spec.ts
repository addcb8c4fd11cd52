import { money } from "../../../gateway/money";
import { API_KEY, call, errorOf, intent, refused, Stub, type Answer } from "./support";

const TEN_EUROS = money(1000n, "EUR");
const INPUT = { method: "card", amount: TEN_EUROS, data: { payment_method: "pm_card_visa" } };

describe("when Stripe misbehaves, the gateway", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  const confirm = (context = call()) => stub.gateway().confirmPayment("pi_1", INPUT, context);

  it.each<[string, Answer, string, string]>([
    [
      "a wrong key",
      refused({ message: `Invalid API Key provided: ${API_KEY}` }, 401),
      "misconfigured",
      "api_key",
    ],
    ["a restricted key", refused({ code: "secret_key_required" }, 403), "misconfigured", "permission"],
    ["too many requests", refused({ code: "rate_limit" }, 429), "unavailable", "rate_limit"],
    [
      "an intent of another account",
      refused({ code: "resource_missing", param: "intent" }, 404),
      "misconfigured",
      "resource_missing",
    ],
    [
      "a payment method that is not there",
      refused({ code: "resource_missing", param: "payment_method" }, 404),
      "invalid_data",
      "payment_method",
    ],
    ["too small an amount", refused({ code: "amount_too_small" }), "unavailable", "amount_too_small"],
    ["an unsupported currency", refused({ param: "currency" }), "misconfigured", "currency"],
    [
      "a payment in another state",
      refused({ code: "payment_intent_unexpected_state" }),
      "invalid_data",
      "unexpected_state",
    ],
    [
      "a parameter that is gone",
      refused({ code: "payment_method_types_no_longer_supported" }),
      "misconfigured",
      "no_longer",
    ],
    [
      "a key in use",
      refused({ code: "idempotency_key_in_use", type: "idempotency_error" }, 409),
      "unknown",
      "in_use",
    ],
    ["a key that was used for something else", refused({ type: "idempotency_error" }), "unknown", "400"],
    ["a failure of its own", refused({ type: "api_error" }, 500), "unknown", "500"],
    ["a proxy's page", { status: 502, body: "<html>Bad gateway</html>" }, "unknown", ""],
    ["a page with status 200", { body: "<html>Welcome</html>" }, "unknown", ""],
    ["wrong types", { body: intent({ amount: "1000" }) }, "unknown", '"amount"'],
    ["a status nobody knows", { body: intent({ status: "requires_patience" }) }, "unknown", '"status"'],
    ["another payment", { body: intent({ id: "pi_2" }) }, "unknown", "another payment"],
    ["a cut connection", "reset", "unknown", "ECONNRESET"],
    ["an answer without end", { body: "x".repeat(5 * 1024 * 1024) }, "unknown", ""],
  ])("takes %s for what it is", async (_name, answer, kind, words) => {
    stub.answersWith(answer);
    const error = await errorOf(confirm());
    expect(error).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(error.message).not.toContain(API_KEY);
  });

  it("takes a key in use for an answer, and a failure of Stripe's own for none", async () => {
    stub.answersWith(refused({ code: "idempotency_key_in_use", type: "idempotency_error" }, 409));
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown", answered: true });
    stub.answersWith(refused({ type: "api_error" }, 500));
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown", answered: false });
  });

  it("sends a request whose connection was cut once only, though the SDK would repeat it", async () => {
    stub.answersWith("reset", { body: intent({ status: "succeeded", amount_received: 1000 }) });
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown" });
    expect(stub.received).toHaveLength(1);
  });

  it("does not repeat what Stripe says may be repeated", async () => {
    const failed = {
      status: 503,
      body: { error: { type: "api_error" } },
      headers: { "stripe-should-retry": "true" },
    };
    stub.answersWith(failed);
    await errorOf(confirm());
    expect(stub.received).toHaveLength(1);
  });

  it("gives up when the caller's time is over, and does not know what came of it", async () => {
    stub.answersWith("silence");
    const patience = new AbortController();
    const confirmed = errorOf(confirm({ idempotency_key: "silence", signal: patience.signal }));
    await stub.reached();
    patience.abort();
    expect(await confirmed).toMatchObject({ kind: "unknown" });
  });

  it("knows that nothing was sent when nobody listens, there is no TLS, or no time is left", async () => {
    const gone = await Stub.open();
    const gateway = gone.gateway();
    await gone.stop();
    expect(await errorOf(gateway.confirmPayment("pi_1", INPUT, call()))).toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    const secure = stub.gateway({ api_url: stub.url.replace("http:", "https:") });
    expect(await errorOf(secure.confirmPayment("pi_1", INPUT, call()))).toMatchObject({
      kind: "unavailable",
    });
    const late = { idempotency_key: "late", signal: AbortSignal.abort() };
    const fresh = await Stub.open();
    expect(await errorOf(fresh.gateway().confirmPayment("pi_1", INPUT, late))).toMatchObject({
      kind: "unavailable",
    });
    await fresh.stop();
  });

  it("keeps the key to itself and sends no telemetry", async () => {
    stub.answersWith({ body: intent() });
    await confirm();
    expect(stub.last?.headers.authorization).toBe(`Bearer ${API_KEY}`);
    expect(stub.last?.headers).not.toHaveProperty("x-stripe-client-telemetry");
  });
});
