import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { SandboxPaymentProvider } from "../../src/providers/sandbox";

/**
 * The sandbox as if it were another plugin's: the same gateway, but its webhooks are left to Medusa's own route. For
 * measuring only.
 */
class CoreRouteProvider extends SandboxPaymentProvider {
  static override identifier = "core";

  constructor(cradle: Record<string, unknown>, options: Record<string, unknown> = {}) {
    super(cradle, options);
    // Tender knows its gateways by what they have, and has to find nothing here.
    return new Proxy(this, {
      has: (target, key) => key !== "gateway" && key !== "attempts" && Reflect.has(target, key),
    });
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [CoreRouteProvider] });
