import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_SEE_PAYMENTS } from "../../../admin-policies";
import { validateQuery } from "../../../validate-input";
import { PaymentFiguresQuery } from "../payment-figures/contract";
import { PaymentAttemptQuery, PaymentAttemptsFileQuery, PaymentAttemptsQuery } from "./contract";

/** The figures, the list of attempts, its file, and one attempt. */
export const PAYMENT_ROUTES: readonly MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/payment-figures",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(PaymentFiguresQuery)],
  },
  {
    matcher: "/admin/tender/payment-attempts",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(PaymentAttemptsQuery)],
  },
  {
    matcher: "/admin/tender/payment-attempts.csv",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(PaymentAttemptsFileQuery)],
  },
  {
    matcher: "/admin/tender/payment-attempts/:id",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(PaymentAttemptQuery)],
  },
];
