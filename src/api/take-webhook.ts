import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { receiveWebhook, type Received } from "../workflows/webhooks/receive-webhook";

/** What the sender is answered. Services send again after anything but 2xx. */
const STATUS: Readonly<Record<Exclude<Received, "foreign">, number>> = {
  stored: 200,
  invalid: 400,
  unknown_provider: 404,
  unverifiable: 503,
};

/**
 * Before Medusa's own handler of `/hooks/payment/:provider`, which acknowledges before anything is verified or stored
 * and acts five seconds later: webhooks of our gateways are verified, stored, acknowledged and worked at once. Those
 * of other plugins go on to Medusa.
 */
export async function takeWebhook(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  try {
    const answer = await receiveWebhook(req.scope, req.params.provider ?? "", {
      raw_body: rawBodyOf(req),
      headers: req.headers,
    });
    if (answer.received === "foreign") {
      next();
    } else {
      res.status(STATUS[answer.received]).json(answer);
    }
  } catch (error) {
    next(error);
  }
}

/** The bytes as received; only over them does a signature hold. */
function rawBodyOf({ rawBody }: MedusaRequest): Buffer {
  return Buffer.isBuffer(rawBody) ? rawBody : Buffer.from(typeof rawBody === "string" ? rawBody : "");
}
