import { logger } from "@medusajs/framework/logger";
import type {
  DeleteAccountHolderInput,
  DeleteAccountHolderOutput,
  SavePaymentMethodInput,
  SavePaymentMethodOutput,
} from "@medusajs/framework/types";
import { MedusaError, ModuleProvider, Modules } from "@medusajs/framework/utils";
import { messageOf } from "../../gateway/errors";
import { GatewayPaymentProvider } from "../../gateway/gateway-payment-provider";
import { StripeGateway } from "./gateway";
import { parseOptions, webhookSecretsOf } from "./options";
import { registerWalletDomains } from "./wallet-domains";

/** For all domains together, beside what is being paid. */
const DOMAINS_TIMEOUT_MS = 30_000;

/** Medusa's payment provider `pp_stripe_<id>`; takes the place of `@medusajs/payment-stripe`. */
export class StripePaymentProvider extends GatewayPaymentProvider {
  static override identifier = "stripe";
  declare readonly gateway: StripeGateway;

  static override validateOptions(options: Record<string, unknown>): void {
    super.validateOptions(options);
    if (webhookSecretsOf(parseOptions(options)).length === 0) {
      logger.warn(
        "The Stripe payment provider has no webhook_secret: all its webhooks are answered with 400, and payments " +
          "that are decided later, refunds that fail and disputes are noticed late or not at all.",
      );
    }
  }

  constructor(cradle: Record<string, unknown>, options: Record<string, unknown> = {}) {
    super(cradle, options);
    void this.checkWalletDomains();
  }

  protected createGateway(options: Record<string, unknown>): StripeGateway {
    return new StripeGateway(parseOptions(options));
  }

  /** Registers the store's domains for wallets and logs what stands in the way of one. A payment needs none of it. */
  private async checkWalletDomains(): Promise<void> {
    const { client, options } = this.gateway;
    try {
      const signal = AbortSignal.timeout(DOMAINS_TIMEOUT_MS);
      const domains = await registerWalletDomains(client, options.wallet_domains, signal);
      for (const { domain, apple_pay } of domains) {
        if (!apple_pay.active) {
          logger.warn(
            `${this.provider_id}: Apple Pay is not active on ${domain}: ${apple_pay.problem ?? "no reason given"}`,
          );
        }
      }
    } catch (error) {
      logger.warn(`${this.provider_id}: the wallet domains could not be registered: ${messageOf(error)}`);
    }
  }

  /** Begins to keep a method without a payment (a SetupIntent); the browser finishes it with the client secret. */
  readonly savePaymentMethod = async ({
    context,
    data,
  }: SavePaymentMethodInput): Promise<SavePaymentMethodOutput> => {
    const holder = holderIn(context?.account_holder?.data);
    const { id, client_secret, status } = await this.gateway.customers.save(
      holder,
      data,
      context?.idempotency_key,
    );
    return { id, data: { id, client_secret, status } };
  };

  /** Leaves Stripe's customer, which invoices and disputes refer to, unless the operator asked for the opposite. */
  readonly deleteAccountHolder = async ({
    context,
  }: DeleteAccountHolderInput): Promise<DeleteAccountHolderOutput> => {
    if (this.gateway.options.delete_customers) {
      await this.gateway.customers.erase(holderIn(context.account_holder.data));
    }
    return {};
  };
}

function holderIn(data: Record<string, unknown> | undefined): string {
  const id = data?.id;
  if (typeof id !== "string") {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "The customer has no account holder at Stripe yet.",
    );
  }
  return id;
}

export default ModuleProvider(Modules.PAYMENT, { services: [StripePaymentProvider] });
