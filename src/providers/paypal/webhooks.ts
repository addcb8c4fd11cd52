import { verify as verifySignature } from "node:crypto";
import { crc32 } from "node:zlib";
import { z } from "@medusajs/framework/zod";
import { GatewayUnavailable, InvalidWebhook } from "../../gateway/errors";
import type { WebhookEvent, WebhookRequest } from "../../gateway/payment-gateway";
import { VerificationAnswer } from "./answers";
import type { PayPalClient } from "./client";
import type { PayPalOptions } from "./options";
import { Refusal } from "./refusal";
import { moveErrorOf } from "./refusal-errors";
import { WebhookBudget } from "./webhook-budget";
import { WebhookCertificates } from "./webhook-certificates";
import { orderIn, Resource } from "./webhook-references";

/** A clock may be a little ahead of PayPal's. */
const AHEAD_MS = 5 * 60 * 1000;
const BODY_LIMIT_BYTES = 512 * 1024;
/** For asking PayPal whether a webhook is its own. */
const VERIFY_MS = 5_000;

/** PayPal docs, "Verify webhooks": RSA with SHA-256 is all there is. */
const ALGORITHM = "SHA256withRSA";

/** The events to subscribe to. */
export const EVENT_TYPES = [
  "CHECKOUT.ORDER.APPROVED",
  "CHECKOUT.ORDER.COMPLETED",
  "CHECKOUT.ORDER.DECLINED",
  "CHECKOUT.ORDER.VOIDED",
  "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
  "PAYMENT.AUTHORIZATION.CREATED",
  "PAYMENT.AUTHORIZATION.VOIDED",
  "PAYMENT.CAPTURE.COMPLETED",
  "PAYMENT.CAPTURE.DECLINED",
  "PAYMENT.CAPTURE.DENIED",
  "PAYMENT.CAPTURE.PENDING",
  "PAYMENT.CAPTURE.REFUNDED",
  "PAYMENT.CAPTURE.REVERSED",
  "PAYMENT.REFUND.PENDING",
  "PAYMENT.REFUND.FAILED",
  "CUSTOMER.DISPUTE.CREATED",
  "CUSTOMER.DISPUTE.UPDATED",
  "CUSTOMER.DISPUTE.RESOLVED",
] as const;

const Headers = z.object({
  "paypal-auth-algo": z.literal(ALGORITHM),
  "paypal-cert-url": z.string().max(500),
  "paypal-transmission-id": z.string().regex(/^[\w-]{1,50}$/),
  "paypal-transmission-sig": z.string().regex(/^[A-Za-z0-9+/=]{1,1000}$/),
  "paypal-transmission-time": z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/),
});
type Headers = z.output<typeof Headers>;

const Event = z.object({
  id: z.string().min(1).max(200),
  event_type: z.string().min(1).max(200),
  resource: Resource,
});

/**
 * Tells PayPal's webhooks from others. The signature covers a CRC-32 of the body only, for which another body is easily
 * made: what a genuine one says is a hint to look, and nothing in it but the order's id is used.
 */
export class PayPalWebhooks {
  private readonly certificates: WebhookCertificates;
  private readonly budget = new WebhookBudget();

  constructor(
    private readonly client: PayPalClient,
    private readonly options: PayPalOptions,
  ) {
    this.certificates = new WebhookCertificates(options);
  }

  /**
   * Checks signature and age on the raw body, and finds the order the event is about. What costs nothing is looked at
   * first: anybody may send one.
   *
   * @throws InvalidWebhook when it is missing, forged, stale, too large or cannot be read, or no webhook id is configured;
   * another GatewayError when it could not be checked just now
   */
  async verify({ raw_body, headers }: WebhookRequest): Promise<WebhookEvent> {
    const { webhook_id } = this.options;
    if (webhook_id === undefined) {
      throw new InvalidWebhook("PayPal's webhooks cannot be checked: set the option webhook_id.");
    }
    if (raw_body.length > BODY_LIMIT_BYTES) {
      throw new InvalidWebhook(`The webhook's body is longer than ${BODY_LIMIT_BYTES} bytes.`);
    }
    const signed = Headers.safeParse(headers);
    if (!signed.success) {
      const header = signed.error.issues[0]?.path.join(".");
      throw new InvalidWebhook(`The webhook has no usable ${header ?? "paypal"} header.`);
    }
    this.assertFresh(signed.data);
    const { id, event_type, resource } = eventIn(raw_body);
    this.certificates.assertOfPayPal(signed.data["paypal-cert-url"]);
    await (this.options.webhook_verification === "offline"
      ? this.assertSigned(raw_body, signed.data, webhook_id)
      : this.budget.spend(
          () => this.assertVouchedFor(raw_body, signed.data, webhook_id),
          () => new GatewayUnavailable("Too many webhooks turned out not to be PayPal's lately."),
        ));
    const reference = await orderIn(this.client, event_type, resource);
    return { event_id: id, type: event_type, ...(reference !== undefined && { reference }) };
  }

  private assertFresh({ "paypal-transmission-time": time }: Headers): void {
    const age_ms = Date.now() - Date.parse(time);
    if (!(age_ms <= this.options.webhook_max_age_s * 1000 && age_ms >= -AHEAD_MS)) {
      throw new InvalidWebhook("The webhook was sent too long ago, or in the future.");
    }
  }

  /** Source: PayPal docs, "Verify webhooks", self-verification. */
  private async assertSigned(raw_body: Buffer, headers: Headers, webhook_id: string): Promise<void> {
    const key = await this.certificates.keyAt(headers["paypal-cert-url"]);
    const message = [
      headers["paypal-transmission-id"],
      headers["paypal-transmission-time"],
      webhook_id,
      crc32(raw_body),
    ].join("|");
    const signature = Buffer.from(headers["paypal-transmission-sig"], "base64");
    const is_genuine =
      key.asymmetricKeyType === "rsa" && verifySignature("sha256", Buffer.from(message), key, signature);
    if (!is_genuine) {
      throw new InvalidWebhook("The webhook's signature is wrong.");
    }
  }

  /** Source: Webhooks v1, "Verify webhook signature". The body goes to PayPal as it came, since its CRC-32 is compared. */
  private async assertVouchedFor(raw_body: Buffer, headers: Headers, webhook_id: string): Promise<void> {
    const asked = JSON.stringify({
      auth_algo: headers["paypal-auth-algo"],
      cert_url: headers["paypal-cert-url"],
      transmission_id: headers["paypal-transmission-id"],
      transmission_sig: headers["paypal-transmission-sig"],
      transmission_time: headers["paypal-transmission-time"],
      webhook_id,
    });
    const body = `${asked.slice(0, -1)},"webhook_event":${raw_body.toString("utf8")}}`;
    const { verification_status } = await this.client
      .call(AbortSignal.timeout(VERIFY_MS), VerificationAnswer, async ({ request }) => {
        const prepared = request("POST", "/v1/notifications/verify-webhook-signature");
        prepared.header("Content-Type", "application/json");
        prepared.text(body);
        prepared.authenticate([{ oauth2: true }]);
        const { result } = await prepared.callAsText();
        return { result: JSON.parse(result) as unknown };
      })
      .catch((error: unknown) => {
        const unreadable = error instanceof Refusal && (error.status === 400 || error.status === 422);
        throw unreadable
          ? new InvalidWebhook(`PayPal cannot make sense of the webhook${error.details}.`)
          : moveErrorOf(error);
      });
    if (verification_status !== "SUCCESS") {
      throw new InvalidWebhook("PayPal says that the webhook is not its own.");
    }
  }
}

function eventIn(raw_body: Buffer): z.output<typeof Event> {
  let json: unknown;
  try {
    json = JSON.parse(raw_body.toString("utf8"));
  } catch {
    throw new InvalidWebhook("The webhook's body is not JSON.");
  }
  const parsed = Event.safeParse(json);
  if (!parsed.success) {
    throw new InvalidWebhook("The webhook's body is not an event of PayPal's.");
  }
  return parsed.data;
}
