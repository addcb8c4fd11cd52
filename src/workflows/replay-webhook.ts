import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { tenderModule } from "./load-cart";
import { workWebhook, type WorkedWebhooks } from "./work-webhooks";

/**
 * Works a stored webhook again, dead or done, and says what became of it; its finding is closed when it went well.
 * Throws `NOT_FOUND` for an unknown one.
 */
export async function replayWebhook(
  container: MedusaContainer,
  webhook_event_id: string,
): Promise<keyof WorkedWebhooks> {
  const tender = tenderModule(container);
  const event = await tender.webhooks.reopen(webhook_event_id);
  if (!event) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `Webhook ${webhook_event_id} was not found.`);
  }
  const outcome = await workWebhook(container, event);
  if (outcome === "done") {
    await tender.closeFinding("webhook_dead", webhook_event_id, "It was replayed.");
  }
  return outcome;
}
