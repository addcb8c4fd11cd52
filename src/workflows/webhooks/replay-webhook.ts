import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { tenderModule } from "../medusa/load-cart";
import { workWebhook, type WorkedWebhooks } from "./work-webhooks";

/**
 * Works a stored webhook again, dead or done, and says what became of it; its finding is closed when it went well, now
 * or at one of its new tries. Throws `NOT_FOUND` for an unknown one.
 */
export async function replayWebhook(
  container: MedusaContainer,
  webhook_event_id: string,
): Promise<keyof WorkedWebhooks> {
  const event = await tenderModule(container).webhooks.reopen(webhook_event_id);
  if (!event) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Webhook ${webhook_event_id} was not found.`);
  }
  return workWebhook(container, event);
}
