import type { MiddlewareRoute } from "@medusajs/framework/http";
import { CUSTOMER_PAYMENT_METHOD_ROUTES } from "./admin/customers/[id]/payment-methods/middlewares";
import { ChangesQuery } from "./admin/tender/changes/contract";
import { OPTION_PREVIEW_ROUTES } from "./admin/tender/option-preview/middlewares";
import { PAYMENT_ROUTES } from "./admin/tender/payment-attempts/middlewares";
import { PROVIDER_ROUTES } from "./admin/tender/providers/middlewares";
import { FINDING_ROUTES } from "./admin/tender/findings/middlewares";
import { WEBHOOK_ROUTES } from "./admin/tender/webhooks/middlewares";
import { MANUAL_REFUND_ROUTES } from "./admin/tender/manual-refunds/middlewares";
import { PAYMENT_ACTION_ROUTES } from "./admin/tender/payments/middlewares";
import { WALLET_ROUTES } from "./admin/tender/wallets/middlewares";
import { MAY_SEE_CUSTOMERS, MAY_SEE_PAYMENTS, MAY_SEE_SETTINGS } from "./admin-policies";
import { RECOVERY_ROUTES } from "./admin/tender/recovery-rules/middlewares";
import { validateQuery } from "./validate-input";

/**
 * Every route under /admin: what its query and body must look like, and what an operator must be permitted. Medusa lets
 * nobody through to /admin who is no operator.
 */
export const ADMIN_ROUTES: MiddlewareRoute[] = [
  ...PAYMENT_ROUTES,
  ...FINDING_ROUTES,
  ...WEBHOOK_ROUTES,
  ...RECOVERY_ROUTES,
  {
    matcher: "/admin/orders/:id/payment-attempts",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/changes",
    methods: ["GET"],
    // It tells of all that operators change: settings, and customers' saved methods, too.
    policies: [MAY_SEE_PAYMENTS, MAY_SEE_SETTINGS, MAY_SEE_CUSTOMERS],
    middlewares: [validateQuery(ChangesQuery)],
  },
  ...PROVIDER_ROUTES,
  ...OPTION_PREVIEW_ROUTES,
  ...MANUAL_REFUND_ROUTES,
  ...WALLET_ROUTES,
  ...PAYMENT_ACTION_ROUTES,
  ...CUSTOMER_PAYMENT_METHOD_ROUTES,
];
