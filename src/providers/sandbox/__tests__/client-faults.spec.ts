import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { money } from "../../../gateway/money";
import {
  API_KEY,
  call,
  card,
  confirmed,
  created,
  errorOf,
  gatewayAt,
  openBank,
  type TestBank,
} from "./support";

const CARD = card("4242424242424242");

describe("when the bank misbehaves, the gateway", () => {
  let bank: TestBank;
  beforeAll(async () => {
    bank = await openBank();
  });
  afterEach(() => bank.control("DELETE", "faults"));
  afterAll(() => bank.stop());

  const strike = (fault: Record<string, unknown>) =>
    bank.control("POST", "faults", { operation: "authorize", times: 1, ...fault });

  async function reserved(reference: string): Promise<number | undefined> {
    const { body } = await bank.control("GET", "ledger");
    const { payments } = body as { payments: { reference: string; authorized_minor: number }[] };
    return payments.find((payment) => payment.reference === reference)?.authorized_minor;
  }

  it.each([
    ["http_429", "unavailable", "(429)", 0],
    ["http_500", "unknown", "answered 500", 0],
    ["http_503", "unknown", "answered 503", 0],
    ["reset_before", "unknown", "ECONNRESET", 0],
    ["reset_after", "unknown", "ECONNRESET", 1000],
    ["malformed", "unknown", "cannot be understood.", 1000],
    ["mistyped", "unknown", 'cannot be understood at "reference"', 1000],
  ])("takes %s for %s: %s (the ledger holds %i)", async (fault, kind, words, ledger) => {
    const reference = await created(bank.gateway);
    await strike({ fault });
    const error = await errorOf(confirmed(bank.gateway, reference, CARD));
    expect(error).toMatchObject({ kind, message: expect.stringContaining(words) });
    expect(await reserved(reference)).toBe(ledger);
  });

  it.each([
    ["reset_after", 1000],
    ["reset_before", 1000],
    ["malformed", 1000],
  ])(
    "gets the one answer there is when it repeats a confirm under the same key after %s",
    async (fault, ledger) => {
      const reference = await created(bank.gateway);
      await strike({ fault });
      await errorOf(confirmed(bank.gateway, reference, CARD, {}, call(5000, `key-${fault}`)));
      const outcome = await confirmed(bank.gateway, reference, CARD, {}, call(5000, `key-${fault}`));
      expect(outcome.type).toBe("approved");
      expect(await reserved(reference)).toBe(ledger);
    },
  );

  it("does not know what became of a request that was swallowed", async () => {
    const reference = await created(bank.gateway);
    await strike({ fault: "black_hole" });
    const error = await errorOf(confirmed(bank.gateway, reference, CARD, {}, call(1_000)));
    expect(error).toMatchObject({ kind: "unknown" });
    expect(await reserved(reference)).toBe(0);
  });

  it("does not know what became of a request that took too long, and the bank did carry it out", async () => {
    const reference = await created(bank.gateway);
    await strike({ fault: "latency", value_ms: 1_500 });
    const error = await errorOf(confirmed(bank.gateway, reference, CARD, {}, call(1_000)));
    expect(error).toMatchObject({ kind: "unknown" });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await reserved(reference)).toBe(1000);
  });

  it.each([
    ["manual", { status: "authorized", authorized: 499n, captured: 0n }],
    ["automatic", { status: "captured", authorized: 499n, captured: 499n }],
  ])(
    "tells that the issuer gave a part only (%s capture)",
    async (capture, { status, authorized, captured }) => {
      const gateway = gatewayAt(bank.merchant_urls.pp_sandbox_a ?? "", { capture });
      const amount = money(999n, "EUR");
      await strike({ fault: "short_authorization" });
      const short = await confirmed(gateway, await created(gateway, { amount }), CARD, { amount });
      expect(short.snapshot).toMatchObject({
        status,
        amount,
        authorized: money(authorized, "EUR"),
        captured: money(captured, "EUR"),
      });
      const next = await confirmed(gateway, await created(gateway, { amount }), CARD, { amount });
      expect(next.snapshot.authorized).toEqual(amount);
    },
  );

  it("may get a part after 3-D Secure too; what is refused does not use the fault up", async () => {
    await strike({ fault: "short_authorization", operation: "*" });
    await confirmed(bank.gateway, await created(bank.gateway), card("4000000000009995"));
    const reference = await created(bank.gateway);
    await confirmed(bank.gateway, reference, card("4000002760003184"));
    await bank.control("POST", `payments/${reference}/approve`);
    expect(await reserved(reference)).toBe(500);
  });

  it("waits out latency within its time", async () => {
    const reference = await created(bank.gateway);
    await strike({ fault: "latency", value_ms: 100 });
    expect((await confirmed(bank.gateway, reference, CARD)).type).toBe("approved");
  });

  it("knows that a refused connection moved nothing, and works again when the port is open", async () => {
    const reference = await created(bank.gateway);
    await bank.control("POST", "faults", {
      fault: "refuse",
      provider: "pp_sandbox_a",
      operation: "authorize",
    });
    const error = await errorOf(confirmed(bank.gateway, reference, CARD));
    expect(error).toMatchObject({ kind: "unavailable", message: expect.stringContaining("ECONNREFUSED") });
    expect(await errorOf(bank.gateway.ping(AbortSignal.timeout(5000)))).toMatchObject({
      kind: "unavailable",
    });
    await bank.control("DELETE", "faults");
    expect((await confirmed(bank.gateway, reference, CARD)).type).toBe("approved");
  });

  it.each(["create", "capture", "refund", "cancel", "retrieve"])(
    "can be struck while it does %s alone",
    async (operation) => {
      const reference = await created(bank.gateway);
      const amount = { amount_minor: 1000n, currency: "EUR" };
      await confirmed(bank.gateway, reference, CARD);
      const calls: Record<string, () => Promise<unknown>> = {
        create: () => created(bank.gateway),
        retrieve: () => bank.gateway.retrievePayment(reference, AbortSignal.timeout(5000)),
        capture: () => bank.gateway.capturePayment(reference, amount, call()),
        refund: () => bank.gateway.refundPayment(reference, amount, call()),
        cancel: () => bank.gateway.cancelPayment(reference, call()),
      };
      await strike({ fault: "http_500", operation });
      const struck: string[] = [];
      for (const [name, run] of Object.entries(calls)) {
        await run().catch((error: { kind: string }) => error.kind === "unknown" && struck.push(name));
      }
      expect(struck).toEqual([operation]);
    },
  );

  it("says that a wrong API key is the operator's to put right", async () => {
    const wrong = gatewayAt(bank.merchant_urls.pp_sandbox_a ?? "", { api_key: "sk_of_nobody" });
    const error = await errorOf(wrong.ping(AbortSignal.timeout(5000)));
    expect(error).toMatchObject({ kind: "misconfigured" });
    expect(error.message).not.toContain("sk_of_nobody");
  });

  it("says so too when the bank does not know the payment", async () => {
    const error = await errorOf(bank.gateway.retrievePayment("sbx_pay_lost", AbortSignal.timeout(5000)));
    expect(error).toMatchObject({ kind: "misconfigured" });
  });
});

describe("when something else answers, the gateway", () => {
  let server: Server;
  let answer: { status: number; body: string };
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ["an HTML page of a proxy", 502, "<html>Bad gateway</html>"],
    ["a page with status 200", 200, "<html>Welcome</html>"],
    ["a redirect", 302, ""],
    ["an empty answer", 200, ""],
    ["an error without a shape", 400, "no"],
    ["an error nobody knows", 418, '{"error":{"code":"constructor","message":"?"}}'],
    ["an answer without end", 200, "x".repeat(2 * 1024 * 1024)],
  ])("does not know what %s means", async (_name, status, body) => {
    answer = { status, body };
    expect(await errorOf(confirmed(gatewayAt(url), "sbx_pay_1", CARD))).toMatchObject({ kind: "unknown" });
  });

  it("does not believe an answer about another payment", async () => {
    const bank = await openBank();
    const reference = await created(bank.gateway);
    const response = await fetch(`${bank.merchant_urls.pp_sandbox_a}/payments/${reference}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    answer = { status: 200, body: await response.text() };
    await bank.stop();
    expect((await gatewayAt(url).retrievePayment(reference, AbortSignal.timeout(5000))).reference).toBe(
      reference,
    );
    expect(
      await errorOf(gatewayAt(url).retrievePayment("sbx_pay_1", AbortSignal.timeout(5000))),
    ).toMatchObject({
      kind: "unknown",
    });
  });

  it("knows that nothing was sent when there is no TLS, no such host, or no time left", async () => {
    const https = gatewayAt(url.replace("http:", "https:"));
    expect(await errorOf(confirmed(https, "sbx_pay_1", CARD))).toMatchObject({ kind: "unavailable" });
    const nowhere = gatewayAt("https://bank.invalid");
    expect(await errorOf(confirmed(nowhere, "sbx_pay_1", CARD))).toMatchObject({ kind: "unavailable" });
    const late = { idempotency_key: "late", signal: AbortSignal.abort() };
    expect(await errorOf(confirmed(gatewayAt(url), "sbx_pay_1", CARD, {}, late))).toMatchObject({
      kind: "unavailable",
    });
  });
});
