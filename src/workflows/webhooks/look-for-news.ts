import type { IPaymentModuleService, Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { isGatewayError, messageOf, type GatewayPaymentProvider } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { workWebhooksSoon } from "./work-webhooks";

/** After a long stop there may be much to read; what was not told then is told next time. */
const LOOK_MS = 60_000;

/** Looks for what is new at services that send no webhooks, and puts it into the inbox that webhooks come into. */
export async function lookForNews(container: MedusaContainer): Promise<void> {
  const payment = container.resolve<IPaymentModuleService>(Modules.PAYMENT);
  const enabled = await payment.listPaymentProviders({ is_enabled: true });
  const providers = enabled.flatMap(({ id }) => findGateway(container, id) ?? []);
  await Promise.all(providers.map((provider) => lookAt(container, provider)));
}

async function lookAt(container: MedusaContainer, provider: GatewayPaymentProvider): Promise<void> {
  const { gateway, provider_id } = provider;
  if (!gateway.lookForNews) {
    return;
  }
  try {
    const { events, kept } = await gateway.lookForNews(AbortSignal.timeout(LOOK_MS));
    const added = await tenderModule(container).webhooks.add(
      events.map(({ event_id, type, reference = null }) => ({
        provider_id,
        event_id,
        type,
        reference,
        payload: "",
      })),
    );
    await kept();
    LAST_TROUBLES.delete(provider);
    if (added > 0) {
      workWebhooksSoon(container);
    }
  } catch (error) {
    const is_told = LAST_TROUBLES.get(provider) === messageOf(error);
    LAST_TROUBLES.set(provider, messageOf(error));
    if (is_told) {
      return;
    }
    const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
    const line = `${provider_id} could not be asked what is new: ${messageOf(error)}`;
    if (isGatewayError(error)) {
      logger.warn(line);
    } else {
      logger.error(line);
    }
  }
}

/** What kept a provider from being asked, told once while it lasts. */
const LAST_TROUBLES = new WeakMap<GatewayPaymentProvider, string>();
