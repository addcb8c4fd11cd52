import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_PAYMENTS, MAY_SEE_PAYMENTS } from "../../../admin-policies";

/** What operators do about the payments of an order, beside Medusa's own capture and refund. */
export const PAYMENT_ACTION_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/orders/:id/payment-actions",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/payments/:id/void",
    methods: ["POST"],
    policies: MAY_CHANGE_PAYMENTS,
  },
];
