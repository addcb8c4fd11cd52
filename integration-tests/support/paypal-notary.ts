import { createSign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";
import type { WebhookRequest } from "../../src/gateway/payment-gateway";
import { issue, type Issued } from "../../src/providers/paypal/__tests__/certificates";
import type { WebhookDraft } from "../../src/testing";

const TYPE_OF: Readonly<Record<WebhookDraft["about"], string>> = {
  authorized: "PAYMENT.AUTHORIZATION.CREATED",
  captured: "PAYMENT.CAPTURE.COMPLETED",
  declined: "PAYMENT.CAPTURE.DECLINED",
  refunded: "PAYMENT.CAPTURE.REFUNDED",
  canceled: "PAYMENT.AUTHORIZATION.VOIDED",
};

/** Signs webhooks of any content and time as PayPal does, and hands out the certificate. */
export class PayPalNotary {
  readonly root = issue({ name: "Test Root", ca: true });
  private readonly leaf = issue({ name: "messageverificationcerts.test", issuer: this.root });
  private readonly other: Issued = issue({ name: "somebody else" });

  private constructor(
    private readonly server: Server,
    private readonly webhook_id: string,
  ) {
    server.on("request", (_, response) => response.end(this.leaf.pem + this.root.pem));
  }

  static async open(webhook_id: string): Promise<PayPalNotary> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PayPalNotary(server, webhook_id);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  signed({
    event_id,
    reference,
    about,
    claimed_minor,
    signed_at,
    wrong_secret,
    raw_body,
  }: WebhookDraft): WebhookRequest {
    const digits = String(claimed_minor ?? 0).padStart(3, "0");
    const value = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    const body =
      raw_body ??
      Buffer.from(
        JSON.stringify({
          id: event_id,
          event_type: TYPE_OF[about],
          resource: {
            id: "1AB23456CD789012E",
            status: "COMPLETED",
            amount: { currency_code: "EUR", value },
            supplementary_data: { related_ids: { order_id: reference } },
          },
        }),
      );
    const id = crypto.randomUUID();
    const time = `${(signed_at ?? new Date()).toISOString().slice(0, 19)}Z`;
    const key = wrong_secret ? this.other.key : this.leaf.key;
    const signature = createSign("sha256")
      .update(`${id}|${time}|${this.webhook_id}|${crc32(body)}`)
      .sign(key);
    return {
      raw_body: body,
      headers: {
        "paypal-auth-algo": "SHA256withRSA",
        "paypal-cert-url": `${this.url}/v1/notifications/certs/CERT-1`,
        "paypal-transmission-id": id,
        "paypal-transmission-sig": signature.toString("base64"),
        "paypal-transmission-time": time,
      },
    };
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
