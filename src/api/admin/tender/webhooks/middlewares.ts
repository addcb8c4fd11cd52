import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_PAYMENTS, MAY_SEE_PAYMENTS } from "../../../admin-policies";
import { validateBody, validateQuery } from "../../../validate-input";
import { ReplayWebhooksBody, WebhooksQuery } from "./contract";

/** The inbox of webhooks. */
export const WEBHOOK_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/webhooks",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(WebhooksQuery)],
  },
  {
    matcher: "/admin/tender/webhooks/dead",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/webhooks/:id",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/webhooks/replay",
    methods: ["POST"],
    policies: MAY_CHANGE_PAYMENTS,
    middlewares: [validateBody(ReplayWebhooksBody)],
  },
];
