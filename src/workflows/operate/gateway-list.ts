import type { IPaymentModuleService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import type { PaymentGateway } from "../../gateway";
import { findGateway } from "../medusa/payment-providers";

export type InstalledGateway = Readonly<{ provider_id: string; gateway: PaymentGateway }>;

/** Our installed gateways by the ids of their providers. */
export async function installedGateways(container: MedusaContainer): Promise<InstalledGateway[]> {
  const providers = await container
    .resolve<IPaymentModuleService>(Modules.PAYMENT)
    .listPaymentProviders({ is_enabled: true });
  return providers
    .map(({ id }) => id)
    .sort()
    .flatMap((provider_id) => {
      const found = findGateway(container, provider_id);
      return found ? [{ provider_id, gateway: found.gateway }] : [];
    });
}

/** One of them. Throws `NOT_FOUND` (404) for what is no gateway of ours. */
export function installedGateway(container: MedusaContainer, provider_id: string): PaymentGateway {
  const found = /^pp_[\w-]{1,100}$/.test(provider_id) ? findGateway(container, provider_id) : undefined;
  if (!found) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, "There is no Tender gateway with this provider_id.");
  }
  return found.gateway;
}
