import { logger } from "@medusajs/framework/logger";
import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { GatewayPaymentProvider } from "../../gateway/gateway-payment-provider";
import { PayPalGateway } from "./gateway";
import { parseOptions } from "./options";

/** Medusa's payment provider `pp_paypal_<id>`. */
export class PayPalPaymentProvider extends GatewayPaymentProvider {
  static override identifier = "paypal";
  declare readonly gateway: PayPalGateway;

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    if (parseOptions(options).webhook_id === undefined) {
      logger.warn(
        "The PayPal payment provider has no webhook_id: all its webhooks are answered with 400, and payments that " +
          "are approved in a closed window or decided later, refunds that fail and disputes are noticed late or not at all.",
      );
    }
  }

  protected createGateway(options: Record<string, unknown>): PayPalGateway {
    return new PayPalGateway(parseOptions(options));
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [PayPalPaymentProvider] });
