import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { GatewayPaymentProvider, type PaymentGateway } from "../../../src/gateway";
import { AcmeGateway } from "./gateway";
import { parseOptions } from "./options";

/** Medusa's payment provider `pp_acme_<id>`. */
export class AcmePaymentProvider extends GatewayPaymentProvider {
  static override identifier = "acme";

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    parseOptions(options);
  }

  protected createGateway(options: Record<string, unknown>): PaymentGateway {
    return new AcmeGateway(parseOptions(options));
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [AcmePaymentProvider] });
