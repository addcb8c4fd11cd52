import type { IPaymentModuleService, MedusaContainer } from "@medusajs/framework/types";
import { Modules } from "@medusajs/framework/utils";
import { findGateway } from "../medusa/payment-providers";

/** The text a gateway in use wants served as `/.well-known/<file>`; undefined when none does. */
export async function findWellKnownFile(
  container: MedusaContainer,
  file: string,
): Promise<string | undefined> {
  const payment = container.resolve<IPaymentModuleService>(Modules.PAYMENT);
  const enabled = await payment.listPaymentProviders({ is_enabled: true });
  for (const { id } of enabled.sort((one, other) => one.id.localeCompare(other.id))) {
    const files = findGateway(container, id)?.gateway.well_known_files ?? {};
    if (Object.hasOwn(files, file)) {
      return files[file];
    }
  }
  return undefined;
}
