import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PaymentGateway } from "../../src/gateway";
import { AcmeGateway } from "./acme/gateway";
import { parseOptions } from "./acme/options";
import { blocksOf, sourceOf } from "./support/documents";

const SECRET = "webhook-secret-of-acme";
const FILES = ["index.ts", "options.ts", "client.ts", "declines.ts", "gateway.ts", "webhooks.ts"];

describe("the gateway in docs/adding-a-gateway.md", () => {
  it.each(FILES)("is the one that is tried here: %s", (file) => {
    const shown = blocksOf("docs/adding-a-gateway.md").find(
      ({ info }) => info === `ts src/providers/acme/${file}`,
    );
    expect(shown?.text.trim()).toBe(
      sourceOf(`integration-tests/docs/acme/${file}`)
        .replace("../../../src/gateway", "medusa-tender/gateway")
        .trim(),
    );
  });

  describe("asks its service", () => {
    let server: Server;
    let gateway: PaymentGateway;
    const call = () => ({ idempotency_key: "key", signal: new AbortController().signal });
    const money = (amount_minor: bigint) => ({ amount_minor, currency: "EUR" });

    beforeAll(async () => {
      server = createServer((request, response) => void serve(request, response));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      gateway = gatewayAt((server.address() as AddressInfo).port);
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it("and reads an approval, a refusal and a capture from what it answers", async () => {
      const input = { method: "card", amount: money(1250n), attempt_id: "payatt_1", data: {} };
      expect(await gateway.createPayment(input, call())).toMatchObject({ type: "action_required" });
      const confirm = (token: string) =>
        gateway.confirmPayment("pay_1", { ...input, data: { token } }, call());
      expect(await confirm("ok")).toMatchObject({ type: "approved", snapshot: { authorized: money(1250n) } });
      expect(await confirm("no_funds")).toMatchObject({
        type: "declined",
        decline: { category: "funds_limit" },
      });
      expect(await gateway.capturePayment("pay_1", money(500n), call())).toMatchObject({
        captured: money(500n),
      });
    });

    it("and tells apart what never happened and what may have", async () => {
      const unreachable = gatewayAt(await closedPort());
      await expect(unreachable.cancelPayment("pay_1", call())).rejects.toMatchObject({
        kind: "unavailable",
      });
      await expect(gateway.cancelPayment("broken", call())).rejects.toMatchObject({ kind: "unknown" });
      await expect(gateway.cancelPayment("cut", call())).rejects.toMatchObject({ kind: "unknown" });
      const without_token = gateway.confirmPayment(
        "pay_1",
        { method: "card", amount: money(1n), data: {} },
        call(),
      );
      await expect(without_token).rejects.toMatchObject({ kind: "invalid_data" });
    });

    it("and at no plain-http address but one of this machine", () => {
      const at = (api_url: string) =>
        parseOptions({ api_url, api_key: "key-of-acme", webhook_secret: SECRET });
      expect(at("https://api.acme.example").api_url).toBe("https://api.acme.example");
      expect(() => at("http://api.acme.example")).toThrow("api_url");
      expect(() => at("http://10.0.0.1:9000")).toThrow("api_url");
    });

    it("and believes signed webhooks only", async () => {
      const raw_body = Buffer.from(
        JSON.stringify({ id: "evt_1", type: "payment.captured", payment: "pay_1" }),
      );
      const time = String(Date.now());
      const signature = createHmac("sha256", SECRET).update(`${time}.`).update(raw_body).digest("hex");
      const headers = { "acme-time": time, "acme-signature": signature };
      expect(await gateway.verifyWebhook({ raw_body, headers })).toEqual([
        { event_id: "evt_1", type: "payment.captured", reference: "pay_1" },
      ]);
      const forged = { ...headers, "acme-signature": "0".repeat(signature.length) };
      await expect(gateway.verifyWebhook({ raw_body, headers: forged })).rejects.toMatchObject({
        kind: "invalid_webhook",
      });
    });
  });
});

function gatewayAt(port: number): PaymentGateway {
  return new AcmeGateway(
    parseOptions({ api_url: `http://127.0.0.1:${port}`, api_key: "key-of-acme", webhook_secret: SECRET }),
  );
}

/** A port that was free a moment ago, so that connections to it are refused. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** As much of a payment service as the example needs. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , id, action] = (request.url ?? "").split("/");
  if (id === "broken") {
    response.writeHead(500).end();
    return;
  }
  if (id === "cut") {
    request.socket.destroy();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as { token?: string; amount?: string };
  const declined = action === "confirm" && body.token !== "ok";
  const approved = action === "capture" || (action === "confirm" && !declined);
  response.writeHead(declined ? 402 : 200, { "content-type": "application/json" }).end(
    JSON.stringify({
      id: id ?? "pay_1",
      state: approved ? "authorized" : "requires_confirmation",
      currency: "EUR",
      amount: "1250",
      authorized: approved ? "1250" : "0",
      captured: action === "capture" ? body.amount : "0",
      refunded: "0",
      decline_code: declined ? body.token : null,
    }),
  );
}
