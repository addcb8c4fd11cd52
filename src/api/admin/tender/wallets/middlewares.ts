import type { MiddlewareRoute } from "@medusajs/framework/http";
import { MAY_SEE_PAYMENTS } from "../../../admin-policies";
import { validateQuery } from "../../../validate-input";
import { WalletInvoicesQuery } from "./contract";

/** Wallets that gateways keep themselves. */
export const WALLET_ROUTES: MiddlewareRoute[] = [
  {
    matcher: "/admin/tender/wallets",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
  },
  {
    matcher: "/admin/tender/wallets/:provider_id/invoices",
    methods: ["GET"],
    policies: MAY_SEE_PAYMENTS,
    middlewares: [validateQuery(WalletInvoicesQuery)],
  },
];
