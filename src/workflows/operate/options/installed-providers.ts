import type { IPaymentModuleService, MedusaContainer } from "@medusajs/framework/types";
import { MedusaError, Modules } from "@medusajs/framework/utils";
import type { GatewayPaymentProvider } from "../../../gateway";
import type { OptionProvider } from "../../../services";
import { findProvider, optionProviders } from "../../medusa/payment-providers";

/** More than any store installs. */
const MOST_PROVIDERS = 1_000;

/** A provider of the store's configuration: one of ours, another plugin's, or one that could not be started. */
export type InstalledProvider = Readonly<{ id: string }> &
  (
    | Readonly<{
        kind: "gateway";
        provider: GatewayPaymentProvider;
        option: Extract<OptionProvider, { kind: "gateway" }>;
      }>
    | Readonly<{ kind: "foreign"; option: Extract<OptionProvider, { kind: "foreign" }> }>
    | Readonly<{ kind: "broken" }>
  );

/** All of them, by their ids. */
export async function listInstalledProviders(
  container: MedusaContainer,
): Promise<readonly InstalledProvider[]> {
  const listed = await container
    .resolve<IPaymentModuleService>(Modules.PAYMENT)
    .listPaymentProviders({ is_enabled: true }, { select: ["id"], take: MOST_PROVIDERS });
  return listed
    .map(({ id }) => id)
    .sort()
    .map((id) => installed(container, id));
}

/** @throws MedusaError `NOT_FOUND` for one that is not installed */
export async function requireInstalled(
  container: MedusaContainer,
  provider_id: string,
): Promise<InstalledProvider> {
  const found = (await listInstalledProviders(container)).find(({ id }) => id === provider_id);
  if (!found) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `The payment provider ${provider_id} is not installed.`,
    );
  }
  return found;
}

/** Those that started, as the options service wants them. */
export function startedProviders(installed: readonly InstalledProvider[]): readonly OptionProvider[] {
  return installed.flatMap((provider) => (provider.kind === "broken" ? [] : [provider.option]));
}

function installed(container: MedusaContainer, id: string): InstalledProvider {
  const provider = findProvider(container, id);
  const [option] = optionProviders(container, [id]);
  if (!provider || !option) {
    return { id, kind: "broken" };
  }
  if (provider === "foreign" || option.kind === "foreign") {
    return { id, kind: "foreign", option: { id, kind: "foreign" } };
  }
  return { id, kind: "gateway", provider, option };
}
