import Stripe from "stripe";
import { z } from "@medusajs/framework/zod";
import { InvalidWebhook } from "../../gateway/errors";
import type { WebhookEvent, WebhookRequest } from "../../gateway/payment-gateway";

const SIGNATURE_HEADER = "stripe-signature";

/** Older ones may be replays of a request somebody saw; newer ones than now come from a wrong clock. */
const TOLERANCE_S = 5 * 60;
const BODY_LIMIT_BYTES = 512 * 1024;

/** The events to subscribe to. What each does is said in docs/stripe.md. */
export const EVENT_TYPES = [
  "payment_intent.succeeded",
  "payment_intent.amount_capturable_updated",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "payment_intent.canceled",
  "payment_intent.requires_action",
  "payment_intent.partially_funded",
  "charge.refunded",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.dispute.created",
  "charge.dispute.updated",
  "charge.dispute.closed",
  "payout.paid",
  "payout.failed",
  "setup_intent.succeeded",
  "account.updated",
] as const satisfies readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[];

/** Where an object of an event names the payment it speaks of. */
const REFERENCE_IN: Readonly<Record<string, "id" | "payment_intent">> = {
  payment_intent: "id",
  charge: "payment_intent",
  refund: "payment_intent",
  dispute: "payment_intent",
};

const Id = z.string().min(1).max(200);
const Event = z.object({
  id: Id,
  object: z.literal("event"),
  type: Id,
  data: z.object({
    object: z.looseObject({ object: z.string() }),
  }),
});

/**
 * Checks Stripe's signature and its age on the raw body, against every secret in use. Events of what is no payment of
 * ours, such as another integration's on the same account, are genuine too: they name no payment, or one we do not know.
 *
 * @param now Unix ms
 * @throws InvalidWebhook when it is missing, forged, stale, too large or cannot be read, or no secret is configured
 */
export function verifyWebhook(
  { raw_body, headers }: WebhookRequest,
  secrets: readonly string[],
  now = Date.now(),
): WebhookEvent[] {
  if (secrets.length === 0) {
    throw new InvalidWebhook("Stripe's webhooks cannot be checked: set the option webhook_secret.");
  }
  if (raw_body.length > BODY_LIMIT_BYTES) {
    throw new InvalidWebhook(`The webhook's body is longer than ${BODY_LIMIT_BYTES} bytes.`);
  }
  const header = headers[SIGNATURE_HEADER];
  if (typeof header !== "string" || header.length > 2000) {
    throw new InvalidWebhook(`The webhook has no usable ${SIGNATURE_HEADER} header.`);
  }
  // The SDK looks at the age only, and would take a signature of next year.
  if (signedAt_s(header) > now / 1000 + TOLERANCE_S) {
    throw new InvalidWebhook("The webhook was signed in the future.");
  }
  const { id, type, data } = eventOf(raw_body, header, secrets, now);
  const reference = referenceOf(data.object);
  return [{ event_id: id, type, ...(reference !== undefined && { reference }) }];
}

function eventOf(
  raw_body: Buffer,
  header: string,
  secrets: readonly string[],
  now: number,
): z.output<typeof Event> {
  for (const secret of secrets) {
    let event: unknown;
    try {
      event = Stripe.webhooks.constructEvent(raw_body, header, secret, TOLERANCE_S, undefined, now);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
        continue;
      }
      throw new InvalidWebhook("The webhook's body is not JSON.");
    }
    const parsed = Event.safeParse(event);
    if (!parsed.success) {
      throw new InvalidWebhook("The webhook's body is not an event of Stripe's.");
    }
    return parsed.data;
  }
  throw new InvalidWebhook("The webhook's signature is wrong, or older than five minutes.");
}

function signedAt_s(header: string): number {
  return Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1] ?? Number.NaN);
}

/** The payment an event's object belongs to; none for payouts, accounts, setup intents, and charges without intent. */
function referenceOf(object: Readonly<{ object: string; [field: string]: unknown }>): string | undefined {
  const field = Object.hasOwn(REFERENCE_IN, object.object) ? REFERENCE_IN[object.object] : undefined;
  const reference = field && object[field];
  return typeof reference === "string" && reference !== "" ? reference : undefined;
}
