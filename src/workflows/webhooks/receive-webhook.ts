import type { MedusaContainer } from "@medusajs/framework/types";
import { isGatewayError, type WebhookEvent, type WebhookRequest } from "../../gateway";
import type { WebhookOutcome } from "../../services";
import { tenderModule } from "../medusa/load-cart";
import { findProvider } from "../medusa/payment-providers";
import { workWebhooksSoon } from "./work-webhooks";

/** What the sender of a webhook is to be told; `message` says what is wrong with an invalid one. */
export type Answer = Readonly<{ received: Received; message?: string }>;

export type Received =
  /** Stored, now or before, or nothing in it was to be stored: it will be worked. */
  | "stored"
  /** Another plugin's provider: Medusa's own handler takes it. */
  | "foreign"
  | "unknown_provider"
  | "invalid"
  /** It could not be verified just now, through no fault of the sender's: to be sent again. */
  | "unverifiable";

/** The longest body that is read: several times the largest documented events of payment services, about 100 kB. */
export const WEBHOOK_BODY_LIMIT = "512kb";

/**
 * Takes a webhook in: verifies it on the raw body and stores it, so that nothing is acknowledged that could be lost;
 * it is worked right afterwards, and by the sweep should this server die. One stored before is absorbed. Throws when
 * it cannot be stored.
 *
 * @param provider as in the address: `<identifier>_<id>`, with or without `pp_`
 */
export async function receiveWebhook(
  container: MedusaContainer,
  provider: string,
  request: WebhookRequest,
): Promise<Answer> {
  const started_at = Date.now();
  const { telemetry, webhooks } = tenderModule(container);
  const provider_id = provider.startsWith("pp_") ? provider : `pp_${provider}`;
  const found = findProvider(container, provider_id);
  if (!found || found === "foreign") {
    return { received: found ? "foreign" : "unknown_provider" };
  }
  const told = (outcome: WebhookOutcome, type?: string): void =>
    telemetry.observeWebhook({ provider_id, type, outcome, duration_ms: Date.now() - started_at });
  let events: readonly WebhookEvent[];
  try {
    events = await found.gateway.verifyWebhook(request);
  } catch (error) {
    const forged = isGatewayError(error) && error.kind === "invalid_webhook";
    told(forged ? "bad_signature" : "not_verified");
    if (!isGatewayError(error)) {
      throw error;
    }
    return forged ? { received: "invalid", message: error.message } : { received: "unverifiable" };
  }
  const [first] = events;
  if (!first) {
    told("ignored");
    return { received: "stored" };
  }
  const payload = request.raw_body.toString("utf8");
  let added: number;
  try {
    added = await webhooks.add(
      events.map(({ event_id, type, reference = null }) => ({
        provider_id,
        event_id,
        type,
        reference,
        payload,
      })),
    );
  } catch (error) {
    told("not_stored", first.type);
    throw error;
  }
  told(added > 0 ? "received" : "duplicate", first.type);
  if (added > 0) {
    workWebhooksSoon(container);
  }
  return { received: "stored" };
}
