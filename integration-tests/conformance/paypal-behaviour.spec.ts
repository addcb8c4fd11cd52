import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { money } from "../../src/gateway/money";
import type { WebhookRequest } from "../../src/gateway/payment-gateway";
import { call, WEBHOOK_ID } from "../../src/providers/paypal/__tests__/support";
import { PayPalGateway } from "../../src/providers/paypal/gateway";
import { parseOptions } from "../../src/providers/paypal/options";
import { startPaypalSimulator, type Funding, type PaypalSimulator } from "../simulators/paypal";
import { setClock } from "../support/clock";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const OURS = { client_id: "client-id-of-ours", client_secret: "client-secret-of-ours" };
const THEIRS = { client_id: "client-id-of-theirs", client_secret: "client-secret-of-theirs" };
/** An account whose orders cannot be changed while they wait for their payer. */
const STRICT = { client_id: "client-id-of-the-strict", client_secret: "client-secret-of-the-strict" };
const AMOUNT = money(10_000n, "EUR");

/** What PayPal does beyond what any gateway may rely on: the real SDK against the simulator. */
describe("PayPal's own ways", () => {
  let simulator: PaypalSimulator;
  let inbox: Inbox;
  beforeAll(async () => {
    simulator = await startPaypalSimulator({
      accounts: [OURS, THEIRS, { ...STRICT, changes_waiting_orders: false }],
    });
    inbox = await Inbox.open();
    simulator.api.subscribe([{ url: inbox.url, id: WEBHOOK_ID }]);
  });
  afterEach(() => {
    jest.useRealTimers();
    inbox.received.length = 0;
  });
  afterAll(async () => {
    await simulator.api.deliveriesSettled();
    await inbox.close();
    await simulator.stop();
  });

  const gatewayOf = (keys = OURS, options: Record<string, unknown> = {}) =>
    new PayPalGateway(
      parseOptions({
        ...keys,
        api_url: simulator.url,
        methods: ["paypal", "card"],
        webhook_id: WEBHOOK_ID,
        webhook_certificate_origins: [simulator.url],
        webhook_root_certificates: [simulator.root_certificate],
        return_url: "https://shop.example/back",
        ...options,
      }),
    );

  async function made(gateway: PayPalGateway, amount = AMOUNT): Promise<string> {
    const input = { method: "paypal", amount, attempt_id: `payatt_${crypto.randomUUID()}`, data: {} };
    return (await gateway.createPayment(input, call())).snapshot.reference;
  }

  const confirm = (gateway: PayPalGateway, reference: string) =>
    gateway.confirmPayment(reference, { method: "paypal", amount: AMOUNT, data: undefined }, call());
  const read = (gateway: PayPalGateway, reference: string) =>
    gateway.retrievePayment(reference, AbortSignal.timeout(5000));

  async function paid(gateway: PayPalGateway, funding?: Funding): Promise<string> {
    const reference = await made(gateway);
    simulator.api.approve(reference, funding && { funding });
    await confirm(gateway, reference);
    return reference;
  }

  const booked = (reference: string) => simulator.api.ledger().find(({ id }) => id === reference);
  const capturesOf = (reference: string) =>
    simulator.api.order(reference).purchase_units?.[0]?.payments?.captures ?? [];

  /** The gateway's clock follows the simulator's, and nothing else does. */
  function daysLater(days: number): void {
    simulator.api.advance(days * DAY_MS);
    setClock(simulator.api.now());
  }

  it("lets PayPal offer other funding, and is paid once that is chosen", async () => {
    const gateway = gatewayOf();
    const reference = await made(gateway);
    simulator.api.approve(reference, { funding: { kind: "refused", issue: "INSTRUMENT_DECLINED" } });
    const refused = await confirm(gateway, reference);
    expect(refused).toMatchObject({
      type: "action_required",
      next_action: { type: "redirect", url: expect.stringContaining(reference) },
    });
    expect((await read(gateway, reference)).agreed).toBeUndefined();
    simulator.api.approve(reference);
    expect(await confirm(gateway, reference)).toMatchObject({ type: "approved" });
    expect(booked(reference)).toMatchObject({ authorized: 10_000n, authorizations: 1 });
  });

  it("tells a payer who cannot pay as that", async () => {
    const gateway = gatewayOf();
    const reference = await made(gateway);
    simulator.api.approve(reference, { funding: { kind: "refused", issue: "PAYER_CANNOT_PAY" } });
    expect(await confirm(gateway, reference)).toMatchObject({
      type: "declined",
      decline: { category: "never", code: "PAYER_CANNOT_PAY" },
    });
  });

  it.each([
    ["lets an order that waits for its payer be changed", OURS, true],
    ["may refuse to, and nothing depends on it", STRICT, false],
  ] as const)("%s", async (_, keys, changes) => {
    const gateway = gatewayOf(keys);
    const reference = await made(gateway);
    expect(simulator.api.order(reference).status).toBe("PAYER_ACTION_REQUIRED");
    const dearer = gateway.updatePayment(reference, money(12_000n, "EUR"), call());
    await (changes
      ? expect(dearer).resolves.toMatchObject({ snapshot: { amount: money(12_000n, "EUR") } })
      : expect(dearer).rejects.toMatchObject({ kind: "invalid_data" }));
    expect(await gateway.cancelPayment(reference, call())).toMatchObject({ status: "canceled" });
    simulator.api.approve(reference);
    expect((await read(gateway, reference)).status).toBe(changes ? "canceled" : "requires_confirmation");
    expect(await gateway.cancelPayment(reference, call())).toMatchObject({ status: "canceled" });
    expect((await read(gateway, reference)).status).toBe("canceled");
  });

  it("waits for an eCheck for days, and is paid or not by its end", async () => {
    const gateway = gatewayOf(OURS, { capture: "automatic" });
    for (const ending of ["completePending", "denyPending"] as const) {
      const reference = await made(gateway);
      simulator.api.approve(reference, { funding: { kind: "pending", reason: "ECHECK" } });
      expect(await confirm(gateway, reference)).toMatchObject({
        type: "pending",
        snapshot: { next_action: { type: "wait", settles_later: true }, captured: money(0n, "EUR") },
      });
      simulator.api[ending](String(capturesOf(reference)[0]?.id));
      const { status } = await read(gateway, reference);
      expect(status).toBe(ending === "completePending" ? "captured" : "declined");
    }
  });

  it("renews an authorization once its three days are over, and captures the renewed one", async () => {
    const gateway = gatewayOf();
    const reference = await paid(gateway);
    daysLater(4);
    await gateway.capturePayment(reference, money(4_000n, "EUR"), call());
    expect(booked(reference)).toMatchObject({ reauthorizations: 1, captured: 4_000n, authorized: 6_000n });
    await gateway.capturePayment(reference, money(6_000n, "EUR"), call());
    expect(await read(gateway, reference)).toMatchObject({
      status: "captured",
      authorized: AMOUNT,
      captured: AMOUNT,
    });
    expect(booked(reference)).toMatchObject({ reauthorizations: 1, captured: 10_000n, authorizations: 1 });
  });

  it("voids a renewed authorization through the first one", async () => {
    const gateway = gatewayOf();
    const reference = await paid(gateway);
    daysLater(4);
    await gateway.capturePayment(reference, money(1_000n, "EUR"), call());
    expect(await gateway.cancelPayment(reference, call())).toMatchObject({
      status: "captured",
      captured: money(1_000n, "EUR"),
    });
    expect(booked(reference)).toMatchObject({ captured: 1_000n, authorized: 0n });
  });

  it("says that an authorization has lapsed, and that a refund is too late", async () => {
    const gateway = gatewayOf();
    const [lapsing, refunded] = [await paid(gateway), await paid(gateway)];
    await gateway.capturePayment(refunded, AMOUNT, call());
    daysLater(30);
    await expect(gateway.capturePayment(lapsing, AMOUNT, call())).rejects.toMatchObject({
      kind: "invalid_data",
    });
    expect((await read(gateway, lapsing)).status).toBe("canceled");
    daysLater(151);
    await expect(gateway.refundPayment(refunded, AMOUNT, call())).rejects.toThrow("180 days");
    expect(booked(refunded)).toMatchObject({ refunded: 0n });
  });

  it("takes one refund from several captures, and finishes it when its answer was lost in between", async () => {
    const gateway = gatewayOf();
    const reference = await paid(gateway);
    for (const part of [3_000n, 7_000n]) {
      await gateway.capturePayment(reference, money(part, "EUR"), call());
    }
    const { idempotency_key } = call();
    await simulator.api.fault({ operation: "captures.refund", fault: "reset_after", times: 1 });
    const refund = () =>
      gateway.refundPayment(reference, money(5_000n, "EUR"), { ...call(), idempotency_key });
    await expect(refund()).rejects.toMatchObject({ kind: "unknown" });
    expect(booked(reference)).toMatchObject({ refunded: 3_000n });
    expect((await refund()).refunded).toEqual(money(5_000n, "EUR"));
    await refund();
    expect(booked(reference)).toMatchObject({ refunded: 5_000n });
  });

  it("tells a refund that came back as not made", async () => {
    const gateway = gatewayOf();
    const reference = await paid(gateway);
    await gateway.capturePayment(reference, AMOUNT, call());
    await gateway.refundPayment(reference, money(2_000n, "EUR"), call());
    const refunds = simulator.api.order(reference).purchase_units?.[0]?.payments?.refunds ?? [];
    simulator.api.failRefund(String(refunds[0]?.id));
    expect((await read(gateway, reference)).refunded).toEqual(money(0n, "EUR"));
  });

  it.each(["won", "lost"] as const)("tells a dispute from its beginning until it is %s", async (ending) => {
    const gateway = gatewayOf();
    const reference = await paid(gateway);
    await gateway.capturePayment(reference, AMOUNT, call());
    const dispute_id = simulator.api.openDispute(String(capturesOf(reference)[0]?.id), { amount: 4_000n });
    expect((await read(gateway, reference)).disputes).toMatchObject([
      { id: dispute_id, status: "open", amount: money(4_000n, "EUR") },
    ]);
    simulator.api.closeDispute(dispute_id, ending);
    expect((await read(gateway, reference)).disputes).toMatchObject([{ id: dispute_id, status: ending }]);
  });

  it("is gone for good when nobody approved in time, and asks for a new order", async () => {
    const gateway = gatewayOf();
    const reference = await made(gateway);
    simulator.api.advance(4 * HOUR_MS);
    await expect(read(gateway, reference)).rejects.toMatchObject({ gone: true });
    expect(await confirm(gateway, reference)).toMatchObject({ decline: { category: "session_expired" } });
  });

  it("is nobody's business with the keys of another merchant", async () => {
    const reference = await paid(gatewayOf());
    const stranger = gatewayOf(THEIRS);
    await expect(read(stranger, reference)).rejects.toThrow("another account's");
    await expect(stranger.capturePayment(reference, AMOUNT, call())).rejects.toMatchObject({
      kind: "invalid_data",
    });
    expect(booked(reference)).toMatchObject({ captured: 0n });
  });

  it("goes on when PayPal withdraws the token, and stops at a wrong secret", async () => {
    const gateway = gatewayOf();
    const reference = await made(gateway);
    simulator.api.revokeTokens();
    expect((await read(gateway, reference)).status).toBe("requires_confirmation");
    const wrong = gatewayOf({ ...OURS, client_secret: "not-the-secret-of-ours" });
    await expect(made(wrong)).rejects.toMatchObject({
      kind: "misconfigured",
      message: expect.stringContaining("Check both"),
    });
  });

  describe.each(["offline", "api"] as const)("webhooks, checked %s,", (webhook_verification) => {
    const checking = () => gatewayOf(OURS, { webhook_verification });

    async function eventsAbout(work: () => Promise<void> | void): Promise<WebhookRequest[]> {
      inbox.received.length = 0;
      await work();
      await simulator.api.deliveriesSettled();
      return [...inbox.received];
    }

    it("name the order whatever they are about", async () => {
      const gateway = checking();
      let reference = "";
      const requests = await eventsAbout(async () => {
        reference = await paid(gateway);
        await gateway.capturePayment(reference, AMOUNT, call());
        await gateway.refundPayment(reference, money(1_000n, "EUR"), call());
        simulator.api.openDispute(String(capturesOf(reference)[0]?.id));
      });
      const events = await Promise.all(requests.map((request) => gateway.verifyWebhook(request)));
      const told = events.flat().map((event) => [event.type, event.reference === reference]);
      expect(Object.fromEntries(told)).toMatchObject({
        "CHECKOUT.ORDER.APPROVED": true,
        "PAYMENT.AUTHORIZATION.CREATED": true,
        "PAYMENT.CAPTURE.COMPLETED": true,
        "PAYMENT.CAPTURE.REFUNDED": true,
        "CUSTOMER.DISPUTE.CREATED": true,
      });
    });

    it("that PayPal did not sign are refused", async () => {
      const gateway = checking();
      await eventsAbout(async () => void (await paid(gateway)));
      const event_id = simulator.api.events().at(-1)?.id ?? "";
      for (const wrong of ["signature", "certificate"] as const) {
        const [request] = await eventsAbout(async () => void (await simulator.api.forge(event_id, wrong)));
        expect(request).toBeDefined();
        await expect(request && gateway.verifyWebhook(request)).rejects.toMatchObject({
          kind: "invalid_webhook",
        });
      }
    });
  });

  it("a webhook forged to the same CRC-32 changes nothing: the order is read", async () => {
    const gateway = gatewayOf();
    const reference = await made(gateway);
    simulator.api.approve(reference);
    await simulator.api.deliveriesSettled();
    const event_id = simulator.api.events().at(-1)?.id ?? "";
    inbox.received.length = 0;
    await simulator.api.forgeSameCrc(event_id, (resource) =>
      Object.assign(resource, { status: "COMPLETED" }),
    );
    const [forged] = inbox.received;
    expect(forged?.raw_body.toString()).toContain('"status":"COMPLETED"');
    expect(forged && (await gateway.verifyWebhook(forged))).toMatchObject([{ reference }]);
    expect(await read(gateway, reference)).toMatchObject({
      status: "requires_confirmation",
      authorized: money(0n, "EUR"),
    });
  });
});

/** Where a store would take PayPal's webhooks; keeps them as they came. */
class Inbox {
  readonly received: WebhookRequest[] = [];

  private constructor(private readonly server: Server) {
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.received.push({ raw_body: Buffer.concat(chunks), headers: request.headers });
        response.end();
      });
    });
  }

  static async open(): Promise<Inbox> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Inbox(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
