import Stripe from "stripe";
import { EVENT_TYPES, verifyWebhook } from "../webhooks";
import { WEBHOOK_SECRET } from "./support";

const NOW_MS = 1_800_000_000_000;

function request(
  event: unknown,
  { secret = WEBHOOK_SECRET, at_ms = NOW_MS }: { secret?: string; at_ms?: number } = {},
) {
  const payload = typeof event === "string" ? event : JSON.stringify(event);
  const header = Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(at_ms / 1000),
  });
  return { raw_body: Buffer.from(payload), headers: { "stripe-signature": header } };
}

const event = (type: string, object: Record<string, unknown>) => ({
  id: "evt_1",
  object: "event",
  type,
  data: { object },
});

const SUCCEEDED = event("payment_intent.succeeded", { object: "payment_intent", id: "pi_1" });

const verify = (webhook: ReturnType<typeof request>, secrets: readonly string[] = [WEBHOOK_SECRET]) =>
  verifyWebhook(webhook, secrets, NOW_MS);

describe("Stripe's webhooks", () => {
  it.each([
    [{ object: "payment_intent", id: "pi_1" }, "pi_1"],
    [{ object: "charge", id: "ch_1", payment_intent: "pi_1" }, "pi_1"],
    [{ object: "refund", id: "re_1", payment_intent: "pi_1" }, "pi_1"],
    [{ object: "dispute", id: "dp_1", payment_intent: "pi_1" }, "pi_1"],
    [{ object: "charge", id: "ch_1", payment_intent: null }, undefined],
    [{ object: "payout", id: "po_1" }, undefined],
    [{ object: "setup_intent", id: "seti_1" }, undefined],
    [{ object: "account", id: "acct_1" }, undefined],
    [{ object: "invoice", id: "in_1", payment_intent: "pi_1" }, undefined],
    [{ object: "constructor", id: "x" }, undefined],
  ])("about %j speak of %s", (object, reference) => {
    expect(verify(request(event("any.thing", object)))).toEqual([
      { event_id: "evt_1", type: "any.thing", ...(reference && { reference }) },
    ]);
  });

  it("may be signed with any secret in use", () => {
    const secrets = ["whsec_the_newer_one", WEBHOOK_SECRET];
    expect(verify(request(SUCCEEDED), secrets)).toHaveLength(1);
    expect(verify(request(SUCCEEDED, { secret: "whsec_the_newer_one" }), secrets)).toHaveLength(1);
  });

  it.each([
    ["signed with another secret", request(SUCCEEDED, { secret: "whsec_of_somebody_else" })],
    ["six minutes old", request(SUCCEEDED, { at_ms: NOW_MS - 6 * 60_000 })],
    ["from in six minutes", request(SUCCEEDED, { at_ms: NOW_MS + 6 * 60_000 })],
    ["that is not JSON", request("{")],
    ["of the wrong types", request('{"id":[1],"type":{}}')],
    ["that is empty", { ...request(SUCCEEDED), raw_body: Buffer.alloc(0) }],
    ["with another body", { ...request(SUCCEEDED), raw_body: Buffer.from("{}") }],
    ["that is too long", request("x".repeat(600 * 1024))],
    ["without a signature", { ...request(SUCCEEDED), headers: {} }],
    [
      "with a signature of its own making",
      { ...request(SUCCEEDED), headers: { "stripe-signature": "t=,v1=" } },
    ],
  ])("%s are refused", (_name, webhook) => {
    expect(() => verify(webhook as ReturnType<typeof request>)).toThrow(
      expect.objectContaining({ kind: "invalid_webhook" }),
    );
  });

  it("are all refused without a secret, and say which option is missing", () => {
    expect(() => verify(request(SUCCEEDED), [])).toThrow("webhook_secret");
  });

  it("to subscribe to are listed once each", () => {
    expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  });
});
