import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_SETTINGS, MAY_SEE_SETTINGS } from "../../../admin-policies";
import { validateBody, validateQuery } from "../../../validate-input";
import { DeclinesQuery } from "../declines/contract";
import { SimulationBody } from "../recovery-simulation/contract";
import { BudgetsBody, RuleOverrideBody } from "./contract";

/** Recovery rules, the codes they speak of, and the simulator, which changes nothing. */
export const RECOVERY_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/recovery-rules",
    methods: ["GET"],
    policies: MAY_SEE_SETTINGS,
  },
  {
    matcher: "/admin/tender/recovery-rules/:id/override",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(RuleOverrideBody)],
  },
  {
    matcher: "/admin/tender/recovery-rules/:id/override",
    methods: ["DELETE"],
    policies: MAY_CHANGE_SETTINGS,
  },
  {
    matcher: "/admin/tender/recovery-budgets",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(BudgetsBody)],
  },
  {
    matcher: "/admin/tender/recovery-budgets",
    methods: ["DELETE"],
    policies: MAY_CHANGE_SETTINGS,
  },
  {
    matcher: "/admin/tender/declines",
    methods: ["GET"],
    policies: MAY_SEE_SETTINGS,
    middlewares: [validateQuery(DeclinesQuery)],
  },
  {
    matcher: "/admin/tender/recovery-simulation",
    methods: ["POST"],
    policies: MAY_SEE_SETTINGS,
    middlewares: [validateBody(SimulationBody)],
  },
];
