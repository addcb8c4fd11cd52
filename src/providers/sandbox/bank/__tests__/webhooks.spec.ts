import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  API_KEY,
  authorized,
  call,
  eventually,
  openBank,
  PROVIDER,
  TEN_EUROS,
  WEBHOOK_SECRET,
  type TestBank,
} from "../../__tests__/support";
import type { BankOptions } from "..";

type Received = { raw_body: Buffer; headers: IncomingHttpHeaders; type: string; id: string };

describe("the bank's webhooks", () => {
  let receiver: Server;
  let received: Received[];
  let refuse_next: number;
  let bank: TestBank;

  beforeEach(async () => {
    received = [];
    refuse_next = 0;
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (refuse_next > 0) {
          refuse_next -= 1;
          response.writeHead(503).end();
          return;
        }
        const raw_body = Buffer.concat(chunks);
        const { type, id } = JSON.parse(raw_body.toString()) as { type: string; id: string };
        received.push({ raw_body, headers: request.headers, type, id });
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    bank = await openBank(options());
  });
  afterEach(async () => {
    await bank.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  function options(more: Partial<BankOptions> = {}): BankOptions {
    const webhook_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
    const merchant = { provider: PROVIDER, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET, webhook_url };
    return { merchants: [merchant], ...more };
  }

  const types = () => received.map(({ type }) => type);
  const count = (n: number) => eventually(() => (received.length >= n ? received : undefined));

  it("carry a signature that the gateway accepts and the payment they speak of", async () => {
    const reference = await authorized(bank.gateway);
    const [event] = await count(1);
    if (!event) {
      throw new Error("No event came.");
    }
    expect(await bank.gateway.verifyWebhook(event)).toEqual([
      { event_id: event.id, type: "payment.authorized", reference },
    ]);
  });

  it("tell of every change, each under its own id", async () => {
    const reference = await authorized(bank.gateway);
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    await bank.control("POST", `payments/${reference}/refund`, { amount_minor: 1 });
    await count(3);
    expect(types().sort()).toEqual(["payment.authorized", "payment.captured", "payment.refunded"]);
    expect(new Set(received.map(({ id }) => id)).size).toBe(3);
  });

  it("are sent again until they are taken", async () => {
    refuse_next = 1;
    await authorized(bank.gateway);
    await count(1);
    expect(types()).toEqual(["payment.authorized"]);
  });

  it("that were not taken before the bank stopped are sent when it is back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-webhooks-"));
    try {
      const ledger_file = join(folder, "ledger.jsonl");
      const first = await openBank(options({ ledger_file }));
      refuse_next = 1;
      await authorized(first.gateway);
      await eventually(() => (refuse_next === 0 ? true : undefined));
      await first.stop();
      expect(received).toEqual([]);
      const second = await openBank(options({ ledger_file }));
      await count(1);
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("come twice with webhook_duplicate", async () => {
    await bank.control("POST", "faults", { fault: "webhook_duplicate", times: 1 });
    await authorized(bank.gateway);
    const [first, second] = await count(2);
    expect(first?.id).toBe(second?.id);
  });

  it("come late with webhook_delay", async () => {
    await bank.control("POST", "faults", { fault: "webhook_delay", value_ms: 400, times: 1 });
    const started = Date.now();
    await authorized(bank.gateway);
    await count(1);
    expect(Date.now() - started).toBeGreaterThanOrEqual(400);
  });

  it("come in the wrong order with webhook_reorder", async () => {
    await bank.control("POST", "faults", { fault: "webhook_reorder", times: 1 });
    const reference = await authorized(bank.gateway);
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    await count(2);
    expect(types()).toEqual(["payment.captured", "payment.authorized"]);
  });

  it("never come with webhook_drop", async () => {
    await bank.control("POST", "faults", { fault: "webhook_drop", times: 1 });
    const reference = await authorized(bank.gateway);
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    await count(1);
    expect(types()).toEqual(["payment.captured"]);
  });
});
