import type { ConfigModule } from "@medusajs/framework/types";
import { tenderPayments } from "../src/config";

/** Lists one more provider beside those of the store. */
export function listProvider(
  config: ConfigModule,
  provider: Readonly<{ resolve: string; id: string; options: Record<string, unknown> }>,
): ConfigModule {
  const payment = config.modules?.payment;
  const listed = typeof payment === "object" && "options" in payment ? payment.options?.providers : undefined;
  if (!Array.isArray(listed)) {
    throw new Error("The store's configuration lists no payment providers.");
  }
  listed.push(...tenderPayments({ providers: [provider] }).options.providers);
  return config;
}
