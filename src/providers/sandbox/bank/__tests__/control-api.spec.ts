import { request } from "node:http";
import {
  authorized,
  call,
  created,
  confirmed,
  eventually,
  openBank,
  PROVIDER,
  TEN_EUROS,
  type TestBank,
} from "../../__tests__/support";

describe("the control API", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterAll(() => bank.stop());

  /** `fetch` does not let a Host header be chosen. */
  function statusFor(headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const sent = request(`${bank.url}/control/ledger`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once("error", reject);
      sent.end();
    });
  }

  it("lists payments with plain numbers", async () => {
    const reference = await authorized(bank.gateway);
    const { body } = await bank.control("GET", "ledger");
    expect((body as { payments: unknown[] }).payments).toContainEqual({
      reference,
      provider: PROVIDER,
      currency: "EUR",
      status: "authorized",
      amount_minor: 1000,
      authorized_minor: 1000,
      captured_minor: 0,
      refunded_minor: 0,
      voided_minor: 0,
      disputed_minor: 0,
      disputed_lost_minor: 0,
      authorizations: 1,
      disputes: [],
      operations: [
        {
          kind: "create",
          amount_minor: 1000,
          idempotency_key: expect.any(String),
          at: expect.stringContaining("T"),
        },
        expect.objectContaining({ kind: "authorize", amount_minor: 1000 }),
      ],
      operations_forgotten: 0,
      metadata: { attempt_id: "attempt_1" },
    });
  });

  it("acts on a payment as the bank's dashboard would", async () => {
    const reference = await authorized(bank.gateway);
    const act = (action: string, body?: unknown) =>
      bank.control("POST", `payments/${reference}/${action}`, body);
    expect(await act("capture", { amount_minor: 600 })).toMatchObject({
      body: { payment: { captured_minor: 600 } },
    });
    expect(await act("capture", { amount_minor: "401" })).toMatchObject({
      status: 409,
      body: { error: { code: "amount_exceeds_authorized" } },
    });
    expect(await act("refund", { amount_minor: 100 })).toMatchObject({
      body: { payment: { refunded_minor: 100 } },
    });
    expect((await act("dispute", { amount_minor: 200 })).status).toBe(200);
    expect((await act("dispute", { amount_minor: 301 })).status).toBe(409);
    expect(await act("refund")).toMatchObject({ body: { payment: { refunded_minor: 400 } } });
    expect(await act("refund", { amount_minor: 1 })).toMatchObject({
      status: 409,
      body: { error: { code: "payment_disputed" } },
    });
    expect(await act("cancel")).toMatchObject({ body: { payment: { status: "captured" } } });
    expect(await bank.control("GET", `payments/${reference}`)).toMatchObject({
      body: { disputed_minor: "200", refunded_minor: "400" },
    });
  });

  it.each([
    ["approve", "authorized"],
    ["decline", "requires_confirmation"],
  ])("settles a pending bank payment: %s", async (action, status) => {
    const reference = await created(bank.gateway, { method: "bank_redirect" });
    const outcome = await confirmed(bank.gateway, reference, undefined, { method: "bank_redirect" });
    const url =
      outcome.type === "action_required" &&
      outcome.next_action.type === "redirect" &&
      outcome.next_action.url;
    await fetch(String(url), { method: "POST", body: new URLSearchParams({ decision: "later" }) });
    const settled = await bank.control("POST", `payments/${reference}/${action}`);
    expect(settled).toMatchObject({ status: 200, body: { payment: { status } } });
  });

  it.each([
    ["an unknown fault", { fault: "gremlins" }, '"fault"'],
    ["no fault", {}, '"fault"'],
    ["an unknown operation", { fault: "latency", operation: "sleep" }, '"operation"'],
    ["a provider that is not there", { fault: "latency", provider: "pp_nobody" }, '"provider"'],
    [
      "a part to anything but an authorization",
      { fault: "short_authorization", operation: "capture" },
      "only",
    ],
    ["a negative delay", { fault: "latency", value_ms: -1 }, '"value_ms"'],
    ["no times at all", { fault: "latency", times: 0 }, '"times"'],
    ["a counted refusal of connections", { fault: "refuse", times: 1 }, "until it is removed"],
    ["a list", [], "object"],
  ])("answers 400 with a sentence to %s", async (_name, body, words) => {
    const answer = await bank.control("POST", "faults", body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining(words) } },
    });
    expect((await bank.control("GET", "faults")).body).toEqual({ faults: [] });
  });

  it("answers 400 to an amount that is none, and 404 to what it does not know", async () => {
    const reference = await authorized(bank.gateway);
    const act = (path: string, body?: unknown) => bank.control("POST", `payments/${path}`, body);
    expect((await act(`${reference}/capture`, { amount_minor: -1 })).status).toBe(400);
    expect((await act(`${reference}/capture`, { amount_minor: 0.5 })).status).toBe(400);
    expect((await act(`${reference}/steal`)).status).toBe(404);
    expect((await act(`${reference}/toString`)).status).toBe(404);
    expect((await act("sbx_pay_none/capture")).status).toBe(404);
    expect((await bank.control("GET", "secrets")).status).toBe(404);
  });

  it("answers only requests that were meant for this machine", async () => {
    expect(await statusFor({})).toBe(200);
    expect(await statusFor({ host: "localhost:1234" })).toBe(200);
    expect(await statusFor({ host: "rebound.example:1234" })).toBe(403);
    expect(await statusFor({ origin: "https://evil.example" })).toBe(403);
    expect(await statusFor({ origin: "null" })).toBe(403);
  });

  it("lets a refund to the card that cannot take it come back", async () => {
    const reference = await authorized(bank.gateway, "4000000000005126");
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    const refunded = await bank.gateway.refundPayment(reference, TEN_EUROS, call());
    expect(refunded.refunded).toEqual(TEN_EUROS);
    const failed = await eventually(async () => {
      const { body } = await bank.control("GET", `payments/${reference}`);
      const { refunded_minor, refunds } = body as { refunded_minor: string; refunds: { status: string }[] };
      return refunds[0]?.status === "failed" ? refunded_minor : undefined;
    });
    expect(failed).toBe("0");
  });

  it("lets the owner of the disputing card dispute what is captured", async () => {
    const reference = await authorized(bank.gateway, "4000000000000259");
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    expect((await bank.control("GET", `payments/${reference}`)).body).toMatchObject({
      disputed_minor: "1000",
    });
    const { body } = await bank.control("GET", "ledger");
    expect((body as { payments: unknown[] }).payments).toContainEqual(
      expect.objectContaining({
        reference,
        operations: [
          expect.objectContaining({ kind: "create", idempotency_key: expect.any(String) }),
          expect.objectContaining({ kind: "authorize", idempotency_key: expect.any(String) }),
          expect.objectContaining({ kind: "capture", idempotency_key: expect.any(String) }),
          expect.objectContaining({ kind: "dispute", idempotency_key: null }),
        ],
      }),
    );
  });
});
