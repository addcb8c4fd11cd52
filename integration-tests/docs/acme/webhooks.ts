import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "@medusajs/framework/zod";
import { InvalidWebhook, type WebhookEvent, type WebhookRequest } from "../../../src/gateway";

const TOLERANCE_MS = 5 * 60_000;
const BODY_LIMIT_BYTES = 256 * 1024;
const Event = z.object({ id: z.string().min(1), type: z.string().min(1), payment: z.string().min(1) });

/** Checks signature and age on the raw body. What happened is read from the service afterwards. */
export function verifyWebhook({ raw_body, headers }: WebhookRequest, secret: string): WebhookEvent {
  const time = String(headers["acme-time"]);
  const signature = Buffer.from(String(headers["acme-signature"]), "hex");
  const expected = createHmac("sha256", secret).update(`${time}.`).update(raw_body).digest();
  const fresh = Math.abs(Date.now() - Number(time)) < TOLERANCE_MS;
  const genuine = signature.length === expected.length && timingSafeEqual(signature, expected);
  if (!fresh || !genuine || raw_body.length > BODY_LIMIT_BYTES) {
    throw new InvalidWebhook("The webhook does not come from Acme.");
  }
  try {
    const { id, type, payment } = Event.parse(JSON.parse(raw_body.toString("utf8")));
    return { event_id: id, type, reference: payment };
  } catch (cause) {
    throw new InvalidWebhook("The webhook's body is not an event.", { cause });
  }
}
