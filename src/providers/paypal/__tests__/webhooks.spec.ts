import { createSign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";
import type { WebhookRequest } from "../../../gateway/payment-gateway";
import type { PayPalGateway } from "../gateway";
import { issue, type Issued } from "./certificates";
import { withChecksumOf } from "./same-crc";
import { errorOf, ORDER_ID, refused, Stub, WEBHOOK_ID } from "./support";

const DAY_MS = 24 * 60 * 60 * 1000;
const root = issue({ name: "Test Root", ca: true });
const intermediate = issue({ name: "Test Intermediate", issuer: root, ca: true });
const leaf = issue({ name: "messageverificationcerts.test", issuer: intermediate });
const stranger = issue({ name: "Somebody Else" });

/** Hands out whatever is put under a name, and counts how often. */
class Notary {
  readonly files = new Map<string, string>();
  asked = 0;
  status = 200;
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Notary> {
    const server = createServer((request, response) => {
      notary.asked += 1;
      response.writeHead(notary.status).end(notary.files.get(request.url?.split("/").at(-1) ?? "") ?? "");
    });
    const notary = new Notary(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return notary;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

type Draft = Readonly<{
  body?: unknown;
  raw_body?: Buffer;
  key?: Issued;
  sent_at?: Date;
  certificate?: string;
  headers?: Record<string, string | undefined>;
}>;

const approved = (more: object = {}) => ({
  id: "WH-1",
  event_type: "CHECKOUT.ORDER.APPROVED",
  resource: { id: ORDER_ID, status: "APPROVED" },
  ...more,
});

let stub: Stub;
let notary: Notary;
beforeAll(async () => {
  [stub, notary] = await Promise.all([Stub.open(), Notary.open()]);
  notary.files.set("CERT-1", leaf.pem + intermediate.pem);
});
beforeEach(() => {
  notary.status = 200;
  stub.answersWith({ status: 500, body: {} });
});
afterAll(async () => {
  await Promise.all([stub.stop(), notary.close()]);
});

const gateway = (options: Record<string, unknown> = {}) =>
  stub.gateway({
    webhook_certificate_origins: [notary.url],
    webhook_root_certificates: [root.pem],
    ...options,
  });

function signed({
  body = approved(),
  key = leaf,
  sent_at = new Date(),
  ...more
}: Draft = {}): WebhookRequest {
  const raw_body = more.raw_body ?? Buffer.from(JSON.stringify(body));
  const time = `${sent_at.toISOString().slice(0, 19)}Z`;
  const message = `transmission-1|${time}|${WEBHOOK_ID}|${crc32(raw_body)}`;
  return {
    raw_body,
    headers: {
      "paypal-auth-algo": "SHA256withRSA",
      "paypal-cert-url": more.certificate ?? `${notary.url}/v1/notifications/certs/CERT-1`,
      "paypal-transmission-id": "transmission-1",
      "paypal-transmission-sig": createSign("sha256").update(message).sign(key.key).toString("base64"),
      "paypal-transmission-time": time,
      ...more.headers,
    },
  };
}

describe("a webhook of PayPal's", () => {
  it("is told by its signature and a chain of certificates, and names its order", async () => {
    expect(await gateway().verifyWebhook(signed())).toEqual([
      { event_id: "WH-1", type: "CHECKOUT.ORDER.APPROVED", reference: ORDER_ID },
    ]);
  });

  it("costs one look at the certificate, which is kept", async () => {
    const one = gateway();
    notary.asked = 0;
    await one.verifyWebhook(signed());
    await one.verifyWebhook(signed());
    expect(notary.asked).toBe(1);
  });

  it("is a hint only: another body with the same CRC-32 passes, and says nothing but an id that is looked up", async () => {
    const genuine = signed({ body: approved({ resource: { id: ORDER_ID, amount: { value: "10.00" } } }) });
    const forged = withChecksumOf(
      genuine.raw_body,
      approved({ resource: { id: ORDER_ID, amount: { value: "9999.00" } } }),
    );
    expect(forged.equals(genuine.raw_body)).toBe(false);
    const events = await gateway().verifyWebhook({ ...genuine, raw_body: forged });
    expect(events).toEqual([{ event_id: "WH-1", type: "CHECKOUT.ORDER.APPROVED", reference: ORDER_ID }]);
  });

  it.each<[string, () => WebhookRequest | Promise<WebhookRequest>]>([
    ["signed by somebody else", () => signed({ key: stranger })],
    [
      "with another body",
      () => ({ ...signed(), raw_body: Buffer.from(JSON.stringify(approved({ id: "WH-2" }))) }),
    ],
    ["of five days ago", () => signed({ sent_at: new Date(Date.now() - 5 * DAY_MS) })],
    ["of the future", () => signed({ sent_at: new Date(Date.now() + 6 * 60_000) })],
    ["with another algorithm", () => signed({ headers: { "paypal-auth-algo": "MD5withRSA" } })],
    ["without a signature", () => signed({ headers: { "paypal-transmission-sig": undefined } })],
    ["with a time that is none", () => signed({ headers: { "paypal-transmission-time": "yesterday" } })],
    ["that is not JSON", () => signed({ raw_body: Buffer.from('{"id":') })],
    ["that is empty", () => signed({ raw_body: Buffer.alloc(0) })],
    ["that is no event", () => signed({ body: { id: 7, event_type: {} } })],
    ["that is too large", () => signed({ raw_body: Buffer.alloc(600 * 1024, "x") })],
  ])("%s is refused", async (_, make) => {
    expect(await errorOf(gateway().verifyWebhook(await make()))).toMatchObject({ kind: "invalid_webhook" });
  });

  it.each([
    ["another host", () => "https://certs.example/v1/notifications/certs/CERT-1"],
    [
      "a host that only begins like PayPal's",
      () => "https://api.sandbox.paypal.com.example/v1/notifications/certs/CERT-1",
    ],
    [
      "the sandbox's host named as a user",
      () => "https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/CERT-1",
    ],
    ["the other environment", () => "https://api.paypal.com/v1/notifications/certs/CERT-1"],
    ["plain http", () => "http://api.sandbox.paypal.com/v1/notifications/certs/CERT-1"],
    ["another path", () => `${notary.url}/uploads/CERT-1`],
    ["a path that leads elsewhere", () => `${notary.url}/v1/notifications/certs/../../uploads/CERT-1`],
    ["a name that is none of a certificate", () => `${notary.url}/v1/notifications/certs/webhooks-events`],
    ["a query", () => `${notary.url}/v1/notifications/certs/CERT-1?x=1`],
    ["no address", () => "CERT-1"],
  ])("whose certificate is at %s is refused, and nothing is fetched", async (_, certificate) => {
    notary.asked = 0;
    const verifying = gateway().verifyWebhook(signed({ certificate: certificate() }));
    expect(await errorOf(verifying)).toMatchObject({
      kind: "invalid_webhook",
      message: "The webhook's certificate is not at an address of PayPal's.",
    });
    expect(notary.asked).toBe(0);
  });

  it.each([
    ["nobody trusted vouches for", () => issued({ issuer: stranger }), "Nobody trusted"],
    ["signed itself", () => ({ key: stranger, pem: stranger.pem }), "Nobody trusted"],
    [
      "a certificate that may not vouch for others vouches for",
      () => {
        const middle = issue({ name: "No Authority", issuer: root });
        const under = issue({ name: "leaf", issuer: middle });
        return { key: under, pem: under.pem + middle.pem };
      },
      "Nobody trusted",
    ],
    ["lacks its intermediate", () => ({ key: leaf, pem: leaf.pem }), "Nobody trusted"],
    ["has lapsed", () => issued({ until: new Date(Date.now() - DAY_MS) }), "not valid any more"],
    ["is not valid yet", () => issued({ from: new Date(Date.now() + DAY_MS) }), "or not yet"],
    ["is none", () => ({ key: leaf, pem: "<html>Not found</html>" }), "no certificate"],
    [
      "cannot be read",
      () => ({ key: leaf, pem: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }),
      "cannot be read",
    ],
  ])("whose certificate %s is refused", async (name, make, words) => {
    const { key, pem } = make();
    const file = `CERT-${name.replaceAll(" ", "-")}`;
    notary.files.set(file, pem);
    const request = signed({ key, certificate: `${notary.url}/v1/notifications/certs/${file}` });
    expect(await errorOf(gateway().verifyWebhook(request))).toMatchObject({
      kind: "invalid_webhook",
      message: expect.stringContaining(words),
    });
  });

  it("is trusted by the roots that Node.js brings only, unless the operator names another", async () => {
    const verifying = gateway({ webhook_root_certificates: [] }).verifyWebhook(signed());
    expect(await errorOf(verifying)).toMatchObject({ kind: "invalid_webhook" });
  });

  it("shares the look at a certificate with those that come at the same time", async () => {
    const verifying = gateway();
    notary.asked = 0;
    await Promise.all(Array.from({ length: 12 }, () => verifying.verifyWebhook(signed())));
    expect(notary.asked).toBe(1);
  });

  describe("while others make up certificates' names", () => {
    const certificate = (name: string) => `${notary.url}/v1/notifications/certs/CERT-${name}`;
    const flood = (verifying: PayPalGateway, count = 30) =>
      Promise.all(
        Array.from({ length: count }, (_, at) =>
          errorOf(verifying.verifyWebhook(signed({ certificate: certificate(`made-up-${at}`) }))),
        ),
      );

    beforeEach(() => {
      notary.asked = 0;
      jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "setTimeout", "clearTimeout"] });
    });
    afterEach(() => jest.useRealTimers());

    it("has nobody flooded", async () => {
      const forged = await flood(gateway());
      expect(notary.asked).toBe(20);
      expect(forged.filter((error) => "kind" in error && error.kind === "unavailable")).toHaveLength(10);
    });

    it("gets its turn within seconds, and needs none from then on", async () => {
      const verifying = gateway();
      await flood(verifying);
      expect(await errorOf(verifying.verifyWebhook(signed()))).toMatchObject({ kind: "unavailable" });
      jest.setSystemTime(Date.now() + 1_000);
      await verifying.verifyWebhook(signed());
      jest.setSystemTime(Date.now() + DAY_MS);
      await flood(verifying);
      notary.asked = 0;
      await verifying.verifyWebhook(signed());
      expect(notary.asked).toBe(1);
    });

    it("costs nothing of what may be asked about the others", async () => {
      const verifying = gateway();
      for (let at = 0; at < 25; at += 1) {
        notary.files.set(`CERT-genuine-${at}`, leaf.pem + intermediate.pem);
        await verifying.verifyWebhook(signed({ certificate: certificate(`genuine-${at}`) }));
      }
      expect(notary.asked).toBe(25);
    });
  });

  it.each([
    ["that is not JSON", () => signed({ raw_body: Buffer.from("{") })],
    ["that is no event", () => signed({ body: { id: 7 } })],
  ])("%s has no certificate fetched for it", async (_, make) => {
    notary.asked = 0;
    expect(await errorOf(gateway().verifyWebhook(make()))).toMatchObject({ kind: "invalid_webhook" });
    expect(notary.asked).toBe(0);
  });

  it("is to be sent again while its certificate cannot be had", async () => {
    notary.status = 503;
    expect(await errorOf(gateway().verifyWebhook(signed()))).toMatchObject({ kind: "unknown" });
    const nobody = await Notary.open();
    const certificate = `${nobody.url}/v1/notifications/certs/CERT-1`;
    const options = { webhook_certificate_origins: [nobody.url] };
    await nobody.close();
    expect(await errorOf(gateway(options).verifyWebhook(signed({ certificate })))).toMatchObject({
      kind: "unavailable",
    });
  });

  it("is refused while there is no webhook id to check it with, and where it is older than the operator lets it be", async () => {
    expect(await errorOf(gateway({ webhook_id: undefined }).verifyWebhook(signed()))).toMatchObject({
      message: expect.stringContaining("webhook_id"),
    });
    const late = signed({ sent_at: new Date(Date.now() - DAY_MS) });
    expect(await gateway().verifyWebhook(late)).toHaveLength(1);
    expect(await errorOf(gateway({ webhook_max_age_s: 3_600 }).verifyWebhook(late))).toMatchObject({
      kind: "invalid_webhook",
    });
  });
});

describe("a webhook that PayPal itself is asked about", () => {
  const asking = () => gateway({ webhook_verification: "api" });

  it("is sent to PayPal with its body as it came", async () => {
    const raw_body = Buffer.from(
      '{ "id":"WH-1",\n "event_type":"CHECKOUT.ORDER.APPROVED","resource":{"id":"X", "n":1.00} }',
    );
    stub.answersWith({ body: { verification_status: "SUCCESS" } });
    expect(await asking().verifyWebhook(signed({ raw_body, key: stranger }))).toEqual([
      { event_id: "WH-1", type: "CHECKOUT.ORDER.APPROVED", reference: "X" },
    ]);
    expect(stub.last).toMatchObject({
      path: "/v1/notifications/verify-webhook-signature",
      json: { webhook_id: WEBHOOK_ID, auth_algo: "SHA256withRSA", transmission_id: "transmission-1" },
    });
    expect(stub.last?.text).toContain(`"webhook_event":${raw_body.toString()}}`);
  });

  it.each([
    ["PayPal does not know it", { body: { verification_status: "FAILURE" } }],
    ["PayPal cannot make sense of it", refused("INVALID_PARAMETER_SYNTAX", 400)],
  ])("is refused when %s", async (_, answer) => {
    stub.answersWith(answer);
    expect(await errorOf(asking().verifyWebhook(signed()))).toMatchObject({ kind: "invalid_webhook" });
  });

  it("is not asked about where its certificate is not at an address of PayPal's", async () => {
    stub.answersWith({ body: { verification_status: "SUCCESS" } });
    const certificate = "https://certs.example/v1/notifications/certs/CERT-1";
    expect(await errorOf(asking().verifyWebhook(signed({ certificate })))).toMatchObject({
      kind: "invalid_webhook",
    });
    expect(stub.received).toEqual([]);
  });

  it("is asked about so often only where it was forged, and is to be sent again beyond that", async () => {
    const verifying = asking();
    stub.answersWith({ body: { verification_status: "SUCCESS" } });
    for (let at = 0; at < 25; at += 1) {
      await verifying.verifyWebhook(signed());
    }
    stub.answersWith({ body: { verification_status: "FAILURE" } });
    const forged: Error[] = [];
    for (let at = 0; at < 30; at += 1) {
      forged.push(await errorOf(verifying.verifyWebhook(signed({ key: stranger }))));
    }
    expect(forged[0]).toMatchObject({ kind: "invalid_webhook" });
    expect(forged.at(-1)).toMatchObject({ kind: "unavailable" });
    expect(stub.received.length).toBeLessThan(30);
  });

  it("is to be sent again while PayPal cannot be asked", async () => {
    stub.answersWith({ status: 503, body: {} });
    expect(await errorOf(asking().verifyWebhook(signed()))).toMatchObject({ kind: "unknown" });
  });
});

function issued(request: Readonly<{ issuer?: Issued; from?: Date; until?: Date }>): {
  key: Issued;
  pem: string;
} {
  const key = issue({ name: "leaf", issuer: intermediate, ...request });
  return { key, pem: key.pem + intermediate.pem };
}
