import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_PAYMENTS, MAY_REFUND, MAY_SEE_PAYMENTS } from "../../../admin-policies";
import { validateBody, validateQuery } from "../../../validate-input";
import { FindingsQuery, FindingWordsQuery, ResolveFindingBody } from "./contract";

/** Findings: what needs an operator. */
export const FINDING_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/findings",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(FindingsQuery)],
  },
  {
    matcher: "/admin/tender/findings/count",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/findings/kinds",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(FindingWordsQuery)],
  },
  {
    matcher: "/admin/tender/findings/:id/money",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(FindingWordsQuery)],
  },
  {
    matcher: "/admin/tender/findings/:id/resolve",
    methods: ["POST"],
    // Some of its actions give money back.
    policies: [MAY_CHANGE_PAYMENTS, MAY_REFUND],
    middlewares: [validateBody(ResolveFindingBody)],
  },
];
