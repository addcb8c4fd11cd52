import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_CUSTOMERS, MAY_SEE_CUSTOMERS } from "../../../../admin-policies";

/** What customers have saved at gateways. */
export const CUSTOMER_PAYMENT_METHOD_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/customers/:id/payment-methods",
    methods: ["GET"],
    policies: MAY_SEE_CUSTOMERS,
  },
  {
    matcher: "/admin/customers/:id/payment-methods/:provider_id/:saved_method_id",
    methods: ["DELETE"],
    policies: MAY_CHANGE_CUSTOMERS,
  },
];
