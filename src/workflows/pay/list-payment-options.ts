import type { Logger, MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { messageOf, type AttemptRecord } from "../../gateway";
import {
  type ClientError,
  type OptionProvider,
  type OptionsInput,
  type OptionsList,
  type PastAttempt,
  type ProviderSetting,
} from "../../services";
import { loadCartFacts } from "./cart-facts";
import { loadIncentives } from "./incentives";
import {
  listAttempts,
  loadCartHead,
  tenderModule,
  type CartHead,
  type PayableCart,
} from "../medusa/load-cart";
import { optionProviders } from "../medusa/payment-providers";
import { beforeIncentives } from "./tied-promotions";

/** What the cart may be paid with, and what its refusals ruled out. Throws 404 for an unknown cart. */
export async function listPaymentOptions(
  container: MedusaContainer,
  input: { cart_id: string; locale: string },
): Promise<OptionsList> {
  const cart = await loadCartHead(container, input.cart_id);
  const facts = await loadListingInput(container, cart, input.locale);
  return tenderModule(container).payment_options.listOptions(facts);
}

/**
 * {@link loadOptionsInput} with what comes with each option, for whoever shows them: at the price before the chosen one's
 * own discount.
 */
export async function loadListingInput(
  container: MedusaContainer,
  cart: CartHead | PayableCart,
  locale: string,
  known_attempts?: readonly AttemptRecord[],
): Promise<OptionsInput> {
  const offered = "total" in cart ? await beforeIncentives(container, cart) : cart;
  const input = await loadOptionsInput(container, offered, locale, known_attempts);
  const incentives = await loadIncentives(container, settingsOf(input.providers, input.settings), cart.id);
  return { ...input, incentives };
}

/** The settings of these providers: what another region's ask for need not be read. */
function settingsOf(
  providers: readonly OptionProvider[],
  settings: readonly ProviderSetting[],
): readonly ProviderSetting[] {
  const ids = new Set(providers.map(({ id }) => id));
  return settings.filter(({ provider_id }) => ids.has(provider_id));
}

/** Everything the options service decides from, read fresh. */
export async function loadOptionsInput(
  container: MedusaContainer,
  cart: CartHead | PayableCart,
  locale: string,
  known_attempts?: readonly AttemptRecord[],
): Promise<OptionsInput> {
  const tender = tenderModule(container);
  const [provider_ids, settings, attempts] = await Promise.all([
    listRegionProviders(container, cart.region_id),
    tender.settings.list(),
    known_attempts ?? listAttempts(container, cart),
    tender.recovery.refresh(),
  ]);
  const providers = optionProviders(container, provider_ids);
  return {
    cart: await loadCartFacts(container, cart, providers, settingsOf(providers, settings)),
    providers,
    settings,
    attempts: attempts.map(toPastAttempt),
    locale,
    onClientError: (failed) => warnOfClientError(container, failed),
  };
}

/** The option is hidden from shoppers, so that nobody but the log would know why. */
function warnOfClientError(container: MedusaContainer, { provider_id, method, error }: ClientError): void {
  const logger = container.resolve<Logger>(ContainerRegistrationKeys.LOGGER);
  const reason = messageOf(error);
  logger.warn(`${provider_id} is not offered for ${method}: its clientConfig failed: ${reason}`);
}

/**
 * Ids of the providers that the operator enabled in a region, sorted: Medusa keeps no order of them and hands them out
 * in any, and the same provider should be asked first each time.
 */
export async function listRegionProviders(
  container: MedusaContainer,
  region_id: string | null,
): Promise<string[]> {
  if (!region_id) {
    return [];
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "region_payment_provider",
    fields: ["payment_provider_id"],
    filters: { region_id },
  });
  return data.map((link: { payment_provider_id: string }) => link.payment_provider_id).sort();
}

/** An attempt as the pure services know it. */
export function toPastAttempt(attempt: AttemptRecord): PastAttempt {
  return {
    id: attempt.id,
    provider_id: attempt.provider_id,
    method: attempt.method,
    status: attempt.status,
    decline: attempt.decline,
    instrument_fingerprint: attempt.instrument?.fingerprint ?? null,
    recovery:
      attempt.recovery && attempt.recovery_rule_id
        ? {
            rule_id: attempt.recovery_rule_id,
            action: attempt.recovery as NonNullable<PastAttempt["recovery"]>["action"],
          }
        : null,
  };
}
