import { API_KEY, openBank, PROVIDER, type TestBank } from "../../__tests__/support";

const B = {
  provider: "pp_sandbox_b",
  api_key: "sk_sandbox_for_tests_b",
  webhook_secret: "whsec_for_tests_b",
};
const A = { provider: PROVIDER, api_key: API_KEY, webhook_secret: "whsec_for_tests_a" };
const PAYMENT = {
  amount_minor: "1000",
  currency: "EUR",
  method: "card",
  metadata: { attempt_id: "attempt_1" },
};
const CARD = { number: "4242424242424242", exp_month: 12, exp_year: 2040, cvc: "123" };

type Answer = { status: number; body: Record<string, unknown>; replayed: boolean };

describe("the merchant API", () => {
  let bank: TestBank;
  let keys = 0;
  beforeAll(async () => {
    bank = await openBank({ merchants: [A, B] });
  });
  afterAll(() => bank.stop());
  afterEach(() => bank.control("DELETE", "faults"));

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    keys += 1;
    const response = await fetch(`${bank.merchant_urls[PROVIDER]}${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${API_KEY}`, "idempotency-key": `key-${keys}`, ...headers },
    });
    const replayed = response.headers.get("idempotent-replayed") === "true";
    return { status: response.status, body: (await response.json()) as Record<string, unknown>, replayed };
  }

  async function payment(): Promise<string> {
    return String((await post("/payments", PAYMENT)).body.reference);
  }

  async function ledgerRow(reference: string): Promise<unknown> {
    const { body } = await bank.control("GET", "ledger");
    return (body as { payments: { reference: string }[] }).payments.find(
      (row) => row.reference === reference,
    );
  }

  it.each([
    ["no key", { authorization: "" }],
    ["a wrong key", { authorization: "Bearer sk_wrong" }],
    ["another merchant's key", { authorization: `Bearer ${B.api_key}` }],
  ])("answers 401 to %s", async (_name, headers) => {
    expect(await post("/payments", PAYMENT, headers)).toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  });

  it.each([
    ["an amount of zero", { ...PAYMENT, amount_minor: "0" }, "amount_minor"],
    ["a negative amount", { ...PAYMENT, amount_minor: "-1" }, "amount_minor"],
    ["a fraction of a minor unit", { ...PAYMENT, amount_minor: "1.5" }, "amount_minor"],
    ["an amount that is a number", { ...PAYMENT, amount_minor: 1000 }, "amount_minor"],
    ["an unknown currency", { ...PAYMENT, currency: "EUX" }, "currency"],
    ["an unknown method", { ...PAYMENT, method: "cash" }, "method"],
    ["a return address that is a script", { ...PAYMENT, return_url: "javascript:alert(1)" }, "return_url"],
  ])("answers 400 to %s and names the field", async (_name, body, field) => {
    const answer = await post("/payments", body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { message: expect.stringContaining(`"${field}"`) } });
  });

  it("answers 400 to what is not JSON and 413 to what is too long", async () => {
    expect((await post("/payments", "{")).status).toBe(400);
    expect((await post("/payments", { ...PAYMENT, filler: "x".repeat(70_000) })).status).toBe(413);
  });

  it("knows nothing of another merchant's payment", async () => {
    const reference = await payment();
    const response = await fetch(`${bank.merchant_urls[B.provider]}/payments/${reference}`, {
      headers: { authorization: `Bearer ${B.api_key}` },
    });
    expect(response.status).toBe(404);
  });

  it("asks for an Idempotency-Key", async () => {
    expect(await post("/payments", PAYMENT, { "idempotency-key": "" })).toMatchObject({
      status: 400,
      body: { error: { code: "idempotency_key_required" } },
    });
  });

  it("answers a repeated create with the first payment", async () => {
    const first = await post("/payments", PAYMENT, { "idempotency-key": "create-once" });
    const second = await post("/payments", PAYMENT, { "idempotency-key": "create-once" });
    expect(second).toEqual({ ...first, replayed: true });
  });

  it("repeats a decline for the same key, and decides anew for a new one", async () => {
    const reference = await payment();
    const declined = { card: { ...CARD, number: "4000000000009995" } };
    const first = await post(`/payments/${reference}/confirm`, declined, {
      "idempotency-key": "decline-once",
    });
    expect(first).toMatchObject({ status: 402, body: { decline: { code: "insufficient_funds" } } });
    expect(await post(`/payments/${reference}/confirm`, { card: CARD })).toMatchObject({ status: 200 });
    const again = await post(`/payments/${reference}/confirm`, declined, {
      "idempotency-key": "decline-once",
    });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await ledgerRow(reference)).toMatchObject({ status: "authorized", authorized_minor: 1000 });
  });

  it("captures once however often the same capture is sent", async () => {
    const reference = await payment();
    await post(`/payments/${reference}/confirm`, { card: CARD });
    for (let i = 0; i < 3; i += 1) {
      await post(
        `/payments/${reference}/capture`,
        { amount_minor: "100" },
        { "idempotency-key": "capture-once" },
      );
    }
    expect(await ledgerRow(reference)).toMatchObject({ captured_minor: 100 });
  });

  it("answers 409 idempotency_mismatch when a key comes back with another request", async () => {
    const reference = await payment();
    await post(`/payments/${reference}/confirm`, { card: CARD });
    const headers = { "idempotency-key": "one-key-two-requests" };
    await post(`/payments/${reference}/capture`, { amount_minor: "100" }, headers);
    for (const [path, body] of [
      [`/payments/${reference}/capture`, { amount_minor: "101" }],
      [`/payments/${reference}/refund`, { amount_minor: "100" }],
    ] as const) {
      const answer = await post(path, body, headers);
      expect(answer).toMatchObject({ status: 409, body: { error: { code: "idempotency_mismatch" } } });
    }
    expect(await ledgerRow(reference)).toMatchObject({ captured_minor: 100, refunded_minor: 0 });
  });

  it("answers 409 idempotency_in_use while the first is still at work", async () => {
    const reference = await payment();
    await bank.control("POST", "faults", {
      fault: "latency",
      value_ms: 300,
      operation: "authorize",
      times: 1,
    });
    const headers = { "idempotency-key": "in-flight" };
    const slow = post(`/payments/${reference}/confirm`, { card: CARD }, headers);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await post(`/payments/${reference}/confirm`, { card: CARD }, headers)).toMatchObject({
      status: 409,
      body: { error: { code: "idempotency_in_use" } },
    });
    expect((await slow).body.status).toBe("authorized");
  });

  it("authorizes once when twenty confirms come at the same time", async () => {
    const reference = await payment();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(`/payments/${reference}/confirm`, { card: CARD })),
    );
    expect(answers.map(({ body }) => body.status)).toEqual(Array(20).fill("authorized"));
    expect(await ledgerRow(reference)).toMatchObject({ authorized_minor: 1000 });
  });

  it("refuses to authorize another amount than the one that is confirmed", async () => {
    const reference = await payment();
    const answer = await post(`/payments/${reference}/confirm`, {
      card: CARD,
      amount_minor: "999",
      currency: "EUR",
    });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: "amount_mismatch" } } });
    expect(await ledgerRow(reference)).toMatchObject({
      status: "requires_confirmation",
      authorized_minor: 0,
    });
  });

  it("lets an authorization lapse after seven days", async () => {
    let now = Date.now();
    const later = await openBank({ merchants: [A], now: () => now });
    try {
      const { gateway } = later;
      const input = { method: "card", amount: { amount_minor: 1n, currency: "EUR" }, attempt_id: "1" };
      const context = { idempotency_key: "1", signal: AbortSignal.timeout(5000) };
      const made = await gateway.createPayment({ ...input, data: { token: "tok_visa" } }, context);
      const { reference } = made.snapshot;
      await gateway.confirmPayment(
        reference,
        { ...input, data: undefined },
        { ...context, idempotency_key: "2" },
      );
      now += 7 * 24 * 3600 * 1000;
      expect(await gateway.retrievePayment(reference, AbortSignal.timeout(5000))).toMatchObject({
        status: "canceled",
      });
    } finally {
      await later.stop();
    }
  });
});
