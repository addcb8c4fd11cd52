import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_SETTINGS, MAY_SEE_SETTINGS } from "../../../admin-policies";
import { OptionIncentiveBody } from "../providers/[id]/incentive/contract";
import { OptionRulesBody } from "../providers/[id]/rules/contract";
import { validateBody } from "../../../validate-input";
import { OptionPreviewBody } from "./contract";

/** Rules, incentives and the preview of payment options. */
export const OPTION_PREVIEW_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/option-preview",
    methods: ["POST"],
    policies: MAY_SEE_SETTINGS,
    middlewares: [validateBody(OptionPreviewBody)],
  },
  {
    matcher: "/admin/tender/providers/:id/rules",
    methods: ["GET"],
    policies: MAY_SEE_SETTINGS,
  },
  {
    matcher: "/admin/tender/providers/:id/rules",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(OptionRulesBody)],
  },
  {
    matcher: "/admin/tender/providers/:id/incentive",
    methods: ["GET"],
    policies: MAY_SEE_SETTINGS,
  },
  {
    matcher: "/admin/tender/providers/:id/incentive",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(OptionIncentiveBody)],
  },
];
