import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { StripePaymentProvider } from "..";
import type { StripeGateway } from "../gateway";
import type { StripeMethod } from "../methods";

/**
 * The providers of one method each that `@medusajs/payment-stripe` brings beside `stripe`, by their identifiers, and the
 * method here. Its `stripe-giropay` is left out: giropay has been closed down.
 */
const METHOD_OF = {
  "stripe-bancontact": "bancontact",
  "stripe-blik": "blik",
  "stripe-ideal": "ideal",
  "stripe-oxxo": "oxxo",
  "stripe-promptpay": "promptpay",
  "stripe-przelewy24": "p24",
} as const satisfies Record<string, StripeMethod>;

/** Domains for wallets are the business of `stripe` itself, and so is the warning about a missing secret. */
function providerOf(identifier: string, method: StripeMethod): typeof StripePaymentProvider {
  const only = (options: Record<string, unknown>) => ({ ...options, methods: [method], wallet_domains: [] });
  return class extends StripePaymentProvider {
    static override identifier = identifier;

    static override validateOptions(): void {
      // The same options as those of `stripe`, which checks them.
    }

    protected override createGateway(options: Record<string, unknown>): StripeGateway {
      return super.createGateway(only(options));
    }
  };
}

/** For stores whose regions, sessions and payments name the official plugin's providers of one method. */
export default ModuleProvider(Modules.PAYMENT, {
  services: [
    StripePaymentProvider,
    ...Object.entries(METHOD_OF).map(([identifier, method]) => providerOf(identifier, method)),
  ],
});
