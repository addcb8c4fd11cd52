import { money } from "../../../gateway/money";
import { type PayPalGateway } from "../gateway";
import {
  ACCESS_TOKEN,
  authorization,
  call,
  CLIENT_ID,
  CLIENT_SECRET,
  errorOf,
  order,
  ORDER_ID,
  refused,
  Stub,
  type Answer,
} from "./support";

const TEN_EUROS = money(1000n, "EUR");
const INPUT = { method: "paypal", amount: TEN_EUROS, data: {} };
const APPROVED: Answer = { body: order({ status: "APPROVED" }) };
const AUTHORIZED: Answer = { status: 201, body: order({}, { authorizations: [authorization()] }) };

describe("when PayPal misbehaves, the gateway", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  const confirm = (context = call()) => stub.gateway().confirmPayment(ORDER_ID, INPUT, context);

  it.each<[string, Answer, string, string]>([
    [
      "an account without the permission",
      refused("PERMISSION_DENIED", 403),
      "misconfigured",
      "another account",
    ],
    ["an account that cannot take money", refused("PAYEE_ACCOUNT_RESTRICTED"), "misconfigured", "PAYEE"],
    [
      "a request it should not have made",
      refused("INVALID_PARAMETER_SYNTAX", 400),
      "misconfigured",
      "SYNTAX",
    ],
    ["too many requests", refused("RATE_LIMIT_REACHED", 429), "unavailable", "RATE_LIMIT_REACHED"],
    ["a request that is under way", refused("PREVIOUS_REQUEST_IN_PROGRESS", 409), "unknown", "409"],
    ["a failure of its own", refused("INTERNAL_SERVER_ERROR", 500), "unknown", "500"],
    ["a redirect", { status: 302, body: "" }, "unknown", "302"],
    ["a proxy's page", { status: 502, body: "<html>Bad gateway</html>" }, "unknown", "502"],
    ["a page with status 200", { body: "<html>Welcome</html>" }, "unknown", ""],
    ["an empty answer", { status: 200 }, "unknown", ""],
    ["wrong types", { body: { ...order(), purchase_units: "one" } }, "unknown", ""],
    [
      "an amount that is no amount",
      { body: order({}, undefined, { amount: { currency_code: "EUR", value: "1e3" } }) },
      "unknown",
      "amount",
    ],
    ["a status nobody knows", { body: order({ status: "PATIENT" }) }, "unknown", '"status"'],
    ["another order", { body: order({ id: "OTHER" }) }, "unknown", "another order"],
    ["a cut connection", "reset", "unknown", "ECONNRESET"],
    ["an answer without end", { body: "x".repeat(5 * 1024 * 1024) }, "unknown", ""],
  ])("takes %s for what it is", async (_name, answer, kind, words) => {
    stub.answersWith(APPROVED, answer);
    const error = await errorOf(confirm());
    expect(error).toMatchObject({ kind, message: expect.stringContaining(words) });
    for (const secret of [CLIENT_SECRET, ACCESS_TOKEN]) {
      expect(`${error.message} ${error.stack} ${JSON.stringify({ ...error })}`).not.toContain(secret);
    }
  });

  it("takes an earlier request that is still under way for an answer, and its own failure for none", async () => {
    stub.answersWith(APPROVED, refused("PREVIOUS_REQUEST_IN_PROGRESS", 409));
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown", answered: true });
    stub.answersWith(APPROVED, refused("INTERNAL_SERVER_ERROR", 500));
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown", answered: false });
    stub.answersWith(APPROVED, { status: 409, body: "<html>Conflict</html>" });
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown", answered: false });
  });

  it("sends what moves money once only", async () => {
    stub.answersWith(APPROVED, "reset", AUTHORIZED);
    expect(await errorOf(confirm())).toMatchObject({ kind: "unknown" });
    expect(stub.received).toHaveLength(2);
  });

  it("gives up when the caller's time is over, and does not know what came of it", async () => {
    stub.answersWith(APPROVED, "silence");
    const patience = new AbortController();
    const confirmed = errorOf(confirm({ idempotency_key: "silence", signal: patience.signal }));
    while (stub.received.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    patience.abort();
    expect(await confirmed).toMatchObject({ kind: "unknown" });
  });

  it("knows that nothing was sent when nobody listens, there is no TLS, or no time is left", async () => {
    const gone = await Stub.open();
    const gateway = gone.gateway();
    await gone.stop();
    expect(await errorOf(gateway.capturePayment(ORDER_ID, TEN_EUROS, call()))).toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    const secure = stub.gateway({ api_url: stub.url.replace("http:", "https:") });
    expect(await errorOf(secure.capturePayment(ORDER_ID, TEN_EUROS, call()))).toMatchObject({
      kind: "unavailable",
    });
    const late = { idempotency_key: "late", signal: AbortSignal.abort() };
    stub.answersWith(APPROVED);
    expect(await errorOf(confirm(late))).toMatchObject({ kind: "unavailable" });
    expect(stub.received).toEqual([]);
  });
});

describe("the access token", () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await Stub.open();
  });
  afterAll(() => stub.stop());

  const read = (gateway: PayPalGateway) => gateway.retrievePayment(ORDER_ID, AbortSignal.timeout(5000));

  it("is asked for once, by however many at the same time, and sent with every call", async () => {
    stub.answersWith({ body: order() });
    const gateway = stub.gateway();
    await Promise.all([read(gateway), read(gateway), read(gateway)]);
    await read(gateway);
    expect(stub.tokens_asked).toBe(1);
    expect(stub.received.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 4 }, () => `Bearer ${ACCESS_TOKEN}`),
    );
  });

  it("is renewed once when PayPal does not take it any more", async () => {
    const withdrawn: Answer = { status: 401, body: { error: "invalid_token" } };
    stub.answersWith(withdrawn, { body: order() });
    await read(stub.gateway());
    expect(stub.tokens_asked).toBe(2);
    stub.answersWith(withdrawn);
    expect(await errorOf(read(stub.gateway()))).toMatchObject({ kind: "misconfigured" });
    expect(stub.received).toHaveLength(2);
  });

  it("is not renewed for a 401 about the account", async () => {
    stub.answersWith(refused("INVALID_ACCOUNT_STATUS", 401));
    expect(await errorOf(read(stub.gateway()))).toMatchObject({ kind: "misconfigured" });
    expect(stub.tokens_asked).toBe(1);
  });

  it("that cannot be had says what to check: wrong secret, or live keys against the sandbox", async () => {
    stub.answersWith({ body: order() });
    stub.token_answer = { status: 401, body: { error: "invalid_client" } };
    const error = await errorOf(read(stub.gateway()));
    expect(error).toMatchObject({ kind: "misconfigured" });
    expect(error.message).toContain("client_secret in its sandbox environment (invalid_client)");
    expect(error.message).toContain('not the keys of "live" (option environment)');
    expect(error.message).not.toContain(CLIENT_ID);
    expect(stub.received).toEqual([]);
  });

  it.each<[string, Answer]>([
    ["a failure", { status: 500, body: {} }],
    ["too many requests", { status: 429, body: {} }],
    ["a cut connection", "reset"],
    ["nonsense", { body: { access_token: 7 } }],
  ])(
    "that could not be had for %s means that nothing was sent, and is asked for again",
    async (_, answer) => {
      stub.answersWith({ body: order() });
      stub.token_answer = answer;
      const gateway = stub.gateway();
      expect(await errorOf(read(gateway))).toMatchObject({ kind: "unavailable" });
      stub.token_answer = undefined;
      await read(gateway);
      expect(stub.asked).toEqual([`GET /v2/checkout/orders/${ORDER_ID}`]);
    },
  );

  it("that does not come holds up nobody longer than their own time", async () => {
    stub.answersWith({ body: order() });
    stub.token_answer = "silence";
    const gateway = stub.gateway();
    const hasty = gateway.retrievePayment(ORDER_ID, AbortSignal.timeout(50));
    expect(await errorOf(hasty)).toMatchObject({ kind: "unavailable" });
    // Else it might be counted by the next test.
    await stub.askedForToken();
  });

  it("is asked for anew by a ping", async () => {
    stub.answersWith({ body: order() });
    const gateway = stub.gateway();
    await gateway.ping(AbortSignal.timeout(5000));
    await gateway.ping(AbortSignal.timeout(5000));
    expect(stub.tokens_asked).toBe(2);
  });
});
