import { logger } from "@medusajs/framework/logger";
import type {
  DeleteAccountHolderInput,
  DeleteAccountHolderOutput,
  SavePaymentMethodInput,
  SavePaymentMethodOutput,
} from "@medusajs/framework/types";
import { MedusaError, ModuleProvider, Modules } from "@medusajs/framework/utils";
import { GatewayPaymentProvider } from "../../gateway/gateway-payment-provider";
import { StripeGateway } from "./gateway";
import { parseOptions, webhookSecretsOf } from "./options";

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

  protected createGateway(options: Record<string, unknown>): StripeGateway {
    return new StripeGateway(parseOptions(options));
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
