import type { IPaymentModuleService, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { isGatewayPaymentProvider, type GatewayPaymentProvider } from "../../gateway";
import type { OptionProvider } from "../../services";

/**
 * The installed provider with this id: one of our gateways, `"foreign"` for another plugin's, or undefined when
 * it is not installed. Medusa keeps provider instances inside the payment module and has no public way to one;
 * this function is the only place that reaches for them.
 */
export function findProvider(
  container: MedusaContainer,
  provider_id: string,
): GatewayPaymentProvider | "foreign" | undefined {
  const payment = container.resolve<IPaymentModuleService & { __container__: Record<string, unknown> }>(
    Modules.PAYMENT,
  );
  let provider: unknown;
  try {
    provider = payment.__container__[provider_id];
  } catch (error) {
    // The container throws for a name nobody registered; a provider that cannot be built hides only itself.
    if (!(error instanceof Error) || error.name !== "AwilixResolutionError") {
      const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
      logger.error(`The payment provider ${provider_id} could not be started: ${String(error)}`);
    }
    return undefined;
  }
  return isGatewayPaymentProvider(provider) ? provider : provider ? "foreign" : undefined;
}

/** Our gateway with this id, or undefined when it is another plugin's or not installed. */
export function findGateway(
  container: MedusaContainer,
  provider_id: string,
): GatewayPaymentProvider | undefined {
  const provider = findProvider(container, provider_id);
  return provider === "foreign" ? undefined : provider;
}

/** The installed ones of these providers as the options service wants them. */
export function optionProviders(
  container: MedusaContainer,
  provider_ids: readonly string[],
): OptionProvider[] {
  return provider_ids.flatMap((id): OptionProvider[] => {
    const provider = findProvider(container, id);
    if (!provider) {
      return [];
    }
    if (provider === "foreign") {
      return [{ id, kind: "foreign" }];
    }
    const { gateway, health } = provider;
    return [
      {
        id,
        kind: "gateway",
        methods: gateway.capabilities.methods,
        capabilities: gateway.capabilities,
        healthy: health.state !== "open",
        clientConfig: (method, amount) => gateway.clientConfig(method, amount),
      },
    ];
  });
}
