import { defineRouteConfig } from "@medusajs/admin-sdk";
import { WebhookList } from "../../../webhooks/webhook-list";
import { InboxSolid } from "@medusajs/icons";

/** Payments → Webhooks. */
export default WebhookList;

export const config = defineRouteConfig({
  label: "webhooks.title",
  icon: InboxSolid,
  rank: 8,
  translationNs: "tender",
});
