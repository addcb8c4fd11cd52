import { verify, X509Certificate } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";
import { startEndpoint, type Endpoint } from "../../shared/endpoint";
import { startPaypalSimulator, type PaypalSimulator, type SimulatedEvent } from "..";
import { accessToken, capturedOrder, paypalOf, type Paypal } from "./support";

type Received = Readonly<{ headers: IncomingHttpHeaders; body: string; event: SimulatedEvent }>;

const WEBHOOK_ID = "8PT597110X687430L";
let simulator: PaypalSimulator;
let paypal: Paypal;
let endpoint: Endpoint<Received>;

beforeAll(async () => {
  simulator = await startPaypalSimulator();
  paypal = paypalOf(simulator);
  endpoint = await startEndpoint((body, headers) => ({
    body,
    headers,
    event: JSON.parse(body) as SimulatedEvent,
  }));
});

afterAll(async () => {
  await simulator.stop();
  await endpoint.stop();
});

beforeEach(async () => {
  endpoint.received.length = 0;
  endpoint.answer.status = 200;
  await simulator.api.clearFaults();
  simulator.api.subscribe([{ url: endpoint.url, id: WEBHOOK_ID }]);
});

describe("a webhook", () => {
  it("is signed by a certificate that leads to the simulator's root", async () => {
    await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    const received = lastOf("PAYMENT.CAPTURE.COMPLETED");
    const served = await (await fetch(String(received.headers["paypal-cert-url"]))).text();
    const [leaf, intermediate] = certificatesIn(served);
    const root = new X509Certificate(simulator.root_certificate);
    expect(leaf?.checkIssued(intermediate!) && leaf.verify(intermediate!.publicKey)).toBe(true);
    expect(intermediate?.checkIssued(root) && intermediate.verify(root.publicKey)).toBe(true);
    expect(leaf?.subject).toContain("messageverificationcerts.paypal.com");
    expect(signatureFits(received, leaf!)).toBe(true);
    expect(await apiVerdict(received)).toBe("SUCCESS");
  });

  it("is in PayPal's shape and tells of every step, in order", async () => {
    const { order_id } = await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    const types = endpoint.received.map(({ event }) => event.event_type);
    expect(types).toEqual(
      expect.arrayContaining([
        "CHECKOUT.ORDER.APPROVED",
        "PAYMENT.CAPTURE.COMPLETED",
        "CHECKOUT.ORDER.COMPLETED",
      ]),
    );
    expect(lastOf("PAYMENT.CAPTURE.COMPLETED").event).toMatchObject({
      event_version: "1.0",
      resource_type: "capture",
      resource_version: "2.0",
      resource: { status: "COMPLETED", supplementary_data: { related_ids: { order_id } } },
    });
  });

  it("is tried again until the endpoint takes it, and given up after four tries", async () => {
    endpoint.answer.status = 500;
    simulator.api.subscribe([
      { url: endpoint.url, id: WEBHOOK_ID, event_types: ["CHECKOUT.ORDER.APPROVED"] },
    ]);
    await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    expect(simulator.api.deliveries().at(-1)).toMatchObject({
      type: "CHECKOUT.ORDER.APPROVED",
      statuses: [500, 500, 500, 500],
      state: "given_up",
    });
  });

  it("is dropped, delayed, doubled and held back by faults", async () => {
    const only = (event_type: string): void =>
      simulator.api.subscribe([{ url: endpoint.url, id: WEBHOOK_ID, event_types: [event_type] }]);
    only("PAYMENT.CAPTURE.COMPLETED");
    await simulator.api.fault({ fault: "webhook_drop", times: 1 });
    await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    expect(endpoint.received).toHaveLength(0);
    await simulator.api.fault({ fault: "webhook_duplicate", times: 1 });
    await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    expect(endpoint.received).toHaveLength(2);
    await simulator.api.fault({ fault: "webhook_reorder", times: 1 });
    const first = await capturedOrder(paypal, simulator);
    const second = await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    expect(endpoint.received.slice(2).map(({ event }) => captureOf(event))).toEqual([
      second.capture_id,
      first.capture_id,
    ]);
  });

  it("can be sent again by hand, several times at once", async () => {
    await capturedOrder(paypal, simulator);
    await simulator.api.deliveriesSettled();
    const { event } = lastOf("PAYMENT.CAPTURE.COMPLETED");
    endpoint.received.length = 0;
    expect(await simulator.api.resend(event.id, 3)).toEqual([200, 200, 200]);
    expect(endpoint.received.map((copy) => copy.event.id)).toEqual([event.id, event.id, event.id]);
  });
});

describe("an event of a test's own making", () => {
  it("is signed as PayPal's are, and may be of a type that nobody knows", async () => {
    const made = { id: "WH-1", event_type: "SOMETHING.ELSE", resource: { id: "X" } };
    expect(await simulator.api.sendMade(made)).toEqual([200]);
    const received = endpoint.received.at(-1)!;
    expect(received.event).toMatchObject(made);
    expect(await apiVerdict(received)).toBe("SUCCESS");
  });

  it("can be sent several times at once, forged, and changed under a signature that fits", async () => {
    const made = { id: "WH-2", event_type: "PAYMENT.CAPTURE.COMPLETED", resource: { id: "X" } };
    expect(await simulator.api.sendMade(made, { times: 2 })).toEqual([200, 200]);
    for (const forged of ["signature", "certificate"] as const) {
      await simulator.api.sendMade(made, { forged });
      expect(await apiVerdict(endpoint.received.at(-1)!)).toBe("FAILURE");
    }
    await simulator.api.sendMade(made, { forged: (resource) => Object.assign(resource, { id: "Y" }) });
    const altered = endpoint.received.at(-1)!;
    expect(altered.event.resource).toMatchObject({ id: "Y" });
    expect(await apiVerdict(altered)).toBe("SUCCESS");
  });
});

describe("a forged webhook", () => {
  it("fails its check when the signature is of another text", async () => {
    const event_id = await captureEvent();
    await simulator.api.forge(event_id);
    const received = endpoint.received.at(-1)!;
    expect(signatureFits(received, await leafOf(received))).toBe(false);
    expect(await apiVerdict(received)).toBe("FAILURE");
  });

  it("fits a stranger's certificate, which does not lead to the root", async () => {
    const event_id = await captureEvent();
    await simulator.api.forge(event_id, "certificate");
    const received = endpoint.received.at(-1)!;
    const [leaf, intermediate] = await chainOf(received);
    expect(signatureFits(received, leaf!)).toBe(true);
    expect(intermediate?.verify(new X509Certificate(simulator.root_certificate).publicKey)).toBe(false);
    expect(await apiVerdict(received)).toBe("FAILURE");
  });

  it("passes every check with another amount and the same CRC32", async () => {
    const event_id = await captureEvent();
    const genuine = endpoint.received.at(-1)!;
    await simulator.api.forgeSameCrc(event_id, (resource) => {
      resource.amount = { currency_code: "EUR", value: "9999.00" };
    });
    const forged = endpoint.received.at(-1)!;
    expect(forged.event.resource).toMatchObject({ amount: { value: "9999.00" } });
    expect(crc32(forged.body)).toBe(crc32(genuine.body));
    expect(signatureFits(forged, await leafOf(forged))).toBe(true);
    expect(await apiVerdict(forged)).toBe("SUCCESS");
  });

  it("is nobody's when its webhook is not of the account that asks", async () => {
    await captureEvent();
    expect(await apiVerdict(endpoint.received.at(-1)!, "0AB12345CD678901E")).toBe("FAILURE");
  });

  it("is not known any more once it was parsed and written anew", async () => {
    await captureEvent();
    const received = endpoint.received.at(-1)!;
    const anew = { ...received, body: JSON.stringify(received.event) };
    expect(await apiVerdict(received)).toBe("SUCCESS");
    expect(await apiVerdict(anew)).toBe("FAILURE");
  });
});

async function captureEvent(): Promise<string> {
  simulator.api.subscribe([
    { url: endpoint.url, id: WEBHOOK_ID, event_types: ["PAYMENT.CAPTURE.COMPLETED"] },
  ]);
  await capturedOrder(paypal, simulator);
  await simulator.api.deliveriesSettled();
  return endpoint.received.at(-1)!.event.id;
}

function lastOf(event_type: string): Received {
  const received = endpoint.received.findLast(({ event }) => event.event_type === event_type);
  if (!received) {
    throw new Error(`No ${event_type} was received.`);
  }
  return received;
}

function captureOf({ resource }: SimulatedEvent): unknown {
  return (resource as { id: unknown }).id;
}

function certificatesIn(pem: string): X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );
}

async function chainOf({ headers }: Received): Promise<X509Certificate[]> {
  return certificatesIn(await (await fetch(String(headers["paypal-cert-url"]))).text());
}

async function leafOf(received: Received): Promise<X509Certificate> {
  return (await chainOf(received))[0]!;
}

/** PayPal's documented check, written here once more. */
function signatureFits({ headers, body }: Received, leaf: X509Certificate): boolean {
  const { "paypal-transmission-id": id, "paypal-transmission-time": time } = headers;
  const message = Buffer.from(`${String(id)}|${String(time)}|${WEBHOOK_ID}|${crc32(body)}`);
  const signature = Buffer.from(String(headers["paypal-transmission-sig"]), "base64");
  return verify("sha256", message, leaf.publicKey, signature);
}

/** What PayPal says of a webhook when it is asked with the bytes that came. */
async function apiVerdict({ headers, body }: Received, webhook_id = WEBHOOK_ID): Promise<unknown> {
  const asked = JSON.stringify({
    auth_algo: headers["paypal-auth-algo"],
    cert_url: headers["paypal-cert-url"],
    transmission_id: headers["paypal-transmission-id"],
    transmission_sig: headers["paypal-transmission-sig"],
    transmission_time: headers["paypal-transmission-time"],
    webhook_id,
  });
  const response = await fetch(`${simulator.url}/v1/notifications/verify-webhook-signature`, {
    method: "POST",
    headers: { authorization: `Bearer ${await accessToken(simulator)}`, "content-type": "application/json" },
    body: `{ "webhook_event": ${body}, ${asked.slice(1)}`,
  });
  return ((await response.json()) as { verification_status: unknown }).verification_status;
}
