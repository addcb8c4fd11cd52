import type { MedusaContainer } from "@medusajs/framework/types";
import { tenderModule } from "../workflows/medusa/load-cart";

const DAY_MS = 86_400_000;

/** Every night: webhooks' bodies older than the store keeps them are forgotten; that they came stays on record. */
export default async function forgetWebhookPayloadsJob(container: MedusaContainer): Promise<void> {
  const { options, webhooks } = tenderModule(container);
  await webhooks.forgetPayloads(new Date(Date.now() - options.webhook_payload_days * DAY_MS));
}

export const config = { name: "tender-forget-webhook-payloads", schedule: "17 3 * * *" };
