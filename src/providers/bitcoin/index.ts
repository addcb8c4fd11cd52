import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { GatewayPaymentProvider } from "../../gateway/gateway-payment-provider";
import { BitcoinGateway, type GatewayWallet } from "./gateway";
import { parseOptions } from "./options";

/** Key of the module that keeps addresses and what was paid to them. */
const WALLET_MODULE = "bitcoin_wallet";

/** Medusa's payment provider `pp_bitcoin_<id>`. */
export class BitcoinPaymentProvider extends GatewayPaymentProvider {
  static override identifier = "bitcoin";
  declare readonly gateway: BitcoinGateway;

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    parseOptions(options);
  }

  protected createGateway(options: Record<string, unknown>): BitcoinGateway {
    return new BitcoinGateway(
      this.provider_id,
      parseOptions(options),
      () => this.moduleNamed(WALLET_MODULE) as GatewayWallet,
    );
  }
}

export default ModuleProvider(Modules.PAYMENT, { services: [BitcoinPaymentProvider] });
