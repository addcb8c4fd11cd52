import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../gateway";
import type { OptionsInput, OptionsList, PastAttempt } from "../services";
import { listAttempts, loadCart, tenderModule, type PayableCart } from "./load-cart";
import { optionProviders } from "./payment-providers";
import { toProviderSetting } from "./provider-settings";

/** What the cart may be paid with, and what its refusals ruled out. Throws 404 for an unknown cart. */
export async function listPaymentOptions(
  container: MedusaContainer,
  input: { cart_id: string; locale: string },
): Promise<OptionsList> {
  const cart = await loadCart(container, input.cart_id);
  const facts = await loadOptionsInput(container, cart, input.locale);
  return tenderModule(container).payment_options.listOptions(facts);
}

/** Everything the options service decides from, read fresh. */
export async function loadOptionsInput(
  container: MedusaContainer,
  cart: PayableCart,
  locale: string,
  known_attempts?: readonly AttemptRecord[],
): Promise<OptionsInput> {
  const [provider_ids, settings, attempts] = await Promise.all([
    listRegionProviders(container, cart.region_id),
    tenderModule(container).listTenderPaymentProviderSettings({}),
    known_attempts ?? listAttempts(container, cart),
  ]);
  return {
    cart: { currency: cart.total.currency, amount: cart.total, country: cart.country },
    providers: optionProviders(container, provider_ids),
    settings: settings.map(toProviderSetting),
    attempts: attempts.map(toPastAttempt),
    locale,
  };
}

async function listRegionProviders(container: MedusaContainer, region_id: string | null): Promise<string[]> {
  if (!region_id) {
    return [];
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "region_payment_provider",
    fields: ["payment_provider_id"],
    filters: { region_id },
  });
  return data.map((link: { payment_provider_id: string }) => link.payment_provider_id);
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
        ? { rule_id: attempt.recovery_rule_id, action: attempt.recovery as NonNullable<PastAttempt["recovery"]>["action"] }
        : null,
  };
}
