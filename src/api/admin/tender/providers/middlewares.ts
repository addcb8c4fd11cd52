import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_CHANGE_SETTINGS, MAY_SEE_SETTINGS } from "../../../admin-policies";
import { OptionOrderBody, ProviderRegionBody, ProviderSettingBody } from "./contract";
import { validateBody } from "../../../validate-input";

/** The routes of Settings → Payment options. */
export const PROVIDER_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/providers",
    methods: ["GET"],
    policies: MAY_SEE_SETTINGS,
  },
  {
    matcher: "/admin/tender/providers/:id/check",
    methods: ["POST"],
    policies: MAY_SEE_SETTINGS,
  },
  {
    matcher: "/admin/tender/providers/:id/setting",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(ProviderSettingBody)],
  },
  {
    matcher: "/admin/tender/providers/:id/regions",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(ProviderRegionBody)],
  },
  {
    matcher: "/admin/tender/option-order",
    methods: ["POST"],
    policies: MAY_CHANGE_SETTINGS,
    middlewares: [validateBody(OptionOrderBody)],
  },
];
