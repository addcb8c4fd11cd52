import type { ConfigModule } from "@medusajs/framework/types";
import { listProvider } from "../list-provider";

/** The provider's id at Medusa: its webhooks come to `/hooks/payment/core_a`. */
export const CORE_ROUTE = "pp_core_a";

/**
 * Lists the provider of this folder beside those of the store.
 * @param options of an account at the sandbox bank
 */
export function listCoreRoute(config: ConfigModule, options: Record<string, unknown>): ConfigModule {
  return listProvider(config, { resolve: __dirname, id: "a", options });
}
