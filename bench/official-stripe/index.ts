import { createRequire } from "node:module";
import { ModuleProvider, Modules } from "@medusajs/framework/utils";

/** Without its types: those of its older SDK would take the place of the ones in use. */
const plugin = createRequire(require.resolve("@medusajs/payment-stripe"));
const { default: OfficialProvider } = plugin("./services/stripe-provider") as {
  default: new (cradle: object, options: Options) => object;
};
const { Stripe: OlderStripe } = plugin("stripe") as { Stripe: new (key: string, config: object) => object };

type Options = Readonly<{ apiKey: string; webhookSecret: string; api_url: string }>;

/** `@medusajs/payment-stripe` with its own SDK at another address, for which it has no option. For measuring only. */
class OfficialAtSimulator extends OfficialProvider {
  static identifier = "stripe";

  constructor(cradle: object, options: Options) {
    super(cradle, options);
    const { hostname: host, port } = new URL(options.api_url);
    Object.assign(this, { stripe_: new OlderStripe(options.apiKey, { host, port, protocol: "http" }) });
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [OfficialAtSimulator] });
