import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "@medusajs/framework/zod";
import { InvalidWebhook } from "../../gateway/errors";
import type { WebhookEvent, WebhookRequest } from "../../gateway/payment-gateway";

const SIGNATURE_HEADER = "x-sandbox-signature";

/** Older ones may be replays of a request somebody saw; newer ones than now come from a wrong clock. */
const TOLERANCE_S = 5 * 60;
/** As long as the store reads at all. */
const BODY_LIMIT_BYTES = 512 * 1024;

const EventSchema = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  reference: z.string().min(1).max(200).optional(),
});

/**
 * Checks `x-sandbox-signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">` on the raw body.
 *
 * @param secrets the one in use and those before it
 * @param now Unix ms
 * @throws InvalidWebhook when it is missing, forged, stale, too large or cannot be read
 */
export function verifyWebhook(
  { raw_body, headers }: WebhookRequest,
  secrets: readonly string[],
  now = Date.now(),
): WebhookEvent[] {
  if (raw_body.length > BODY_LIMIT_BYTES) {
    throw new InvalidWebhook(`The webhook's body is longer than ${BODY_LIMIT_BYTES} bytes.`);
  }
  const { t, signatures } = readSignature(headers[SIGNATURE_HEADER]);
  // Every pair is compared, so that the time taken does not tell which secret was nearly right.
  const genuine = secrets
    .flatMap((secret) => signatures.map((signature) => isSignature(signature, secret, t, raw_body)))
    .some(Boolean);
  if (!genuine) {
    throw new InvalidWebhook("The webhook's signature is wrong.");
  }
  if (Math.abs(now / 1000 - Number(t)) > TOLERANCE_S) {
    throw new InvalidWebhook(`The webhook was not signed within the last ${TOLERANCE_S} seconds.`);
  }
  const { id, type, reference } = readEvent(raw_body);
  return [{ event_id: id, type, ...(reference !== undefined && { reference }) }];
}

function readSignature(header: string | string[] | undefined): { t: string; signatures: string[] } {
  if (typeof header !== "string" || header.length > 2000) {
    throw new InvalidWebhook(`The webhook has no usable ${SIGNATURE_HEADER} header.`);
  }
  const parts = header.split(",").map((part) => part.trim().split("="));
  const t = parts.find(([name]) => name === "t")?.[1] ?? "";
  const signatures = parts.flatMap(([name, value]) =>
    name === "v1" && /^[0-9a-f]{64}$/.test(value ?? "") ? [value ?? ""] : [],
  );
  if (!/^\d{1,12}$/.test(t) || signatures.length === 0) {
    throw new InvalidWebhook(`The webhook's ${SIGNATURE_HEADER} header cannot be read.`);
  }
  return { t, signatures };
}

function isSignature(signature: string, secret: string, t: string, raw_body: Buffer): boolean {
  const expected = createHmac("sha256", secret).update(`${t}.`).update(raw_body).digest();
  return timingSafeEqual(Buffer.from(signature, "hex"), expected);
}

function readEvent(raw_body: Buffer): z.output<typeof EventSchema> {
  let json: unknown;
  try {
    json = JSON.parse(raw_body.toString("utf8"));
  } catch (cause) {
    throw new InvalidWebhook("The webhook's body is not JSON.", { cause });
  }
  const parsed = EventSchema.safeParse(json);
  if (!parsed.success) {
    throw new InvalidWebhook("The webhook's body is not an event.");
  }
  return parsed.data;
}
