import type { ConfigModule } from "@medusajs/framework/types";
import { tenderPayments } from "../../src/config";

/** The provider's id at Medusa: its webhooks come to `/hooks/payment/core_a`. */
export const CORE_ROUTE = "pp_core_a";

/**
 * Lists the provider of this folder beside those of the store.
 * @param options of an account at the sandbox bank
 */
export function listCoreRoute(config: ConfigModule, options: Record<string, unknown>): ConfigModule {
  const payment = config.modules?.payment;
  const listed = typeof payment === "object" && "options" in payment ? payment.options?.providers : undefined;
  if (!Array.isArray(listed)) {
    throw new Error("The store's configuration lists no payment providers.");
  }
  const added = tenderPayments({ providers: [{ resolve: __dirname, id: "a", options }] });
  listed.push(...added.options.providers);
  return config;
}
