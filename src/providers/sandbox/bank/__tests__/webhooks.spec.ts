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

  type Listed = { event_id: string; type: string; state: string; tries: number; last_status: number | null };

  async function listed(query = "", from = bank): Promise<Listed[]> {
    const { body } = await from.control("GET", `webhooks${query}`);
    return (body as { webhooks: Listed[] }).webhooks;
  }

  it("are listed with what came of each: delivered after a second try, dropped, or waiting", async () => {
    refuse_next = 1;
    const reference = await authorized(bank.gateway);
    await count(1);
    await bank.control("POST", "faults", { fault: "webhook_drop", times: 1 });
    await bank.gateway.capturePayment(reference, TEN_EUROS, call());
    await bank.control("POST", "faults", { fault: "webhook_delay", value_ms: 60_000, times: 1 });
    await bank.gateway.refundPayment(reference, TEN_EUROS, call());
    const all = await eventually(async () => {
      const news = await listed();
      return news[0]?.state === "delivered" ? news : undefined;
    });
    const common = { event_id: expect.stringMatching(/^evt_/), provider: PROVIDER, reference };
    expect(all).toEqual([
      { ...common, type: "payment.authorized", state: "delivered", tries: 2, last_status: 200 },
      { ...common, type: "payment.captured", state: "dropped", tries: 0, last_status: null },
      { ...common, type: "payment.refunded", state: "waiting", tries: 0, last_status: null },
    ]);
    expect(await listed("?state=dropped")).toEqual([all[1]]);
    expect(await listed("?provider=pp_nobody")).toEqual([]);
    expect((await bank.control("GET", "webhooks?state=lost")).status).toBe(400);
  });

  it("that nobody takes are given up after the last try, and the list says what was answered", async () => {
    refuse_next = 6;
    await authorized(bank.gateway);
    const [news] = await eventually(async () => {
      const found = await listed("?state=given_up");
      return found.length > 0 ? found : undefined;
    }, 60_000);
    expect(news).toMatchObject({ tries: 6, last_status: 503 });
    expect(received).toEqual([]);
  }, 90_000);

  it("are listed as before when the bank is back", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-webhooks-"));
    try {
      const ledger_file = join(folder, "ledger.jsonl");
      const first = await openBank(options({ ledger_file }));
      await authorized(first.gateway);
      const before = await eventually(async () => {
        const news = await listed("?state=delivered", first);
        return news.length > 0 ? news : undefined;
      });
      await first.stop();
      const second = await openBank(options({ ledger_file }));
      expect(await listed("", second)).toEqual(before);
      await second.stop();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("can be sent by hand: genuine, and with the same id as often as wanted", async () => {
    const event = {
      provider: PROVIDER,
      type: "payment.captured",
      reference: "sbx_pay_1",
      event_id: "evt_twice",
    };
    const once = await bank.control("POST", "webhooks/send", { ...event, times: 2 });
    expect(once).toEqual({ status: 200, body: { event_id: "evt_twice", statuses: [200, 200] } });
    refuse_next = 1;
    expect((await bank.control("POST", "webhooks/send", event)).body).toMatchObject({ statuses: [503] });
    expect(received.map(({ id }) => id)).toEqual(["evt_twice", "evt_twice"]);
    const [first] = received;
    expect(first && (await bank.gateway.verifyWebhook(first))).toEqual([
      { event_id: "evt_twice", type: "payment.captured", reference: "sbx_pay_1" },
    ]);
  });

  it("can be forged: the gateway refuses them for their signature", async () => {
    const event = { provider: PROVIDER, type: "payment.captured", reference: "sbx_pay_1" };
    expect(await bank.control("POST", "webhooks/forge", event)).toEqual({
      status: 200,
      body: { event_id: expect.stringMatching(/^evt_/), status: 200 },
    });
    const [forged] = received;
    expect(forged?.type).toBe("payment.captured");
    await expect(
      bank.gateway.verifyWebhook(forged ?? { raw_body: Buffer.of(), headers: {} }),
    ).rejects.toThrow("signature is wrong");
  });

  it("by hand tell that nobody answered, and are refused for whom there is nowhere to send them", async () => {
    const nowhere = { provider: PROVIDER, api_key: API_KEY, webhook_secret: WEBHOOK_SECRET };
    const silent = await openBank({ merchants: [{ ...nowhere, webhook_url: "http://127.0.0.1:1/" }] });
    const event = { provider: PROVIDER, type: "x" };
    expect((await silent.control("POST", "webhooks/forge", event)).body).toMatchObject({ status: null });
    expect((await silent.control("POST", "webhooks/send", event)).body).toMatchObject({ statuses: [null] });
    await silent.stop();
    const deaf = await openBank({ merchants: [nowhere] });
    expect((await deaf.control("POST", "webhooks/send", event)).status).toBe(400);
    await deaf.stop();
    const send = (body: unknown) => bank.control("POST", "webhooks/send", body);
    expect((await send({ ...event, provider: "pp_nobody" })).status).toBe(400);
    expect((await send({ ...event, times: 101 })).status).toBe(400);
    expect((await send({ provider: PROVIDER })).status).toBe(400);
    expect((await bank.control("POST", "webhooks/steal", event)).status).toBe(404);
  });

  it("are signed by the real clock when the bank's own is ahead", async () => {
    await bank.control("POST", "clock", { advance_ms: 30 * 24 * 3600 * 1000 });
    await authorized(bank.gateway);
    await bank.control("POST", "webhooks/send", { provider: PROVIDER, type: "x" });
    for (const event of await count(2)) {
      expect(await bank.gateway.verifyWebhook(event)).toHaveLength(1);
    }
  });

  it("all arrive when a jump of the clock makes more than can be sent at once", async () => {
    const many = 100;
    await Promise.all(Array.from({ length: many }, () => authorized(bank.gateway)));
    await bank.control("POST", "clock", { advance_ms: 7 * 24 * 3600 * 1000 });
    await eventually(
      () => (types().filter((type) => type === "payment.expired").length === many ? true : undefined),
      30_000,
    );
    expect(received).toHaveLength(2 * many);
  }, 40_000);

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
