import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { GatewayPaymentProvider } from "../../gateway/gateway-payment-provider";
import type { PaymentGateway } from "../../gateway/payment-gateway";
import { SandboxGateway } from "./gateway";
import { parseOptions } from "./options";

/** Medusa's payment provider `pp_sandbox_<id>`. */
export class SandboxPaymentProvider extends GatewayPaymentProvider {
  static override identifier = "sandbox";

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    parseOptions(options);
  }

  protected createGateway(options: Record<string, unknown>): PaymentGateway {
    return new SandboxGateway(parseOptions(options));
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [SandboxPaymentProvider] });
