import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_REFUND, MAY_SEE_PAYMENTS } from "../../../admin-policies";
import { validateBody, validateQuery } from "../../../validate-input";
import { ManualRefundsQuery, SignedRefundBody } from "./contract";

/** A signed file with many inputs, and the transactions they come from. */
const SIGNED_REFUND_LIMIT = "4mb";

/** Refunds that payee and operator carry out. */
export const MANUAL_REFUND_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/payment-attempts/:id/manual-refunds",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/payment-attempts/:id/manual-refunds",
    methods: ["POST"],
    policies: MAY_REFUND,
  },
  {
    matcher: "/admin/tender/manual-refunds/:provider_id",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(ManualRefundsQuery)],
  },
  {
    matcher: "/admin/tender/manual-refunds/:provider_id/:id/file",
    methods: ["POST"],
    policies: MAY_REFUND,
  },
  {
    matcher: "/admin/tender/manual-refunds/:provider_id/:id/signed",
    methods: ["POST"],
    policies: MAY_REFUND,
    bodyParser: { sizeLimit: SIGNED_REFUND_LIMIT },
    middlewares: [validateBody(SignedRefundBody)],
  },
  {
    matcher: "/admin/tender/manual-refunds/:provider_id/:id/prepare",
    methods: ["POST"],
    policies: MAY_REFUND,
  },
  {
    matcher: "/admin/tender/manual-refunds/:provider_id/:id/drop",
    methods: ["POST"],
    policies: MAY_REFUND,
  },
];
