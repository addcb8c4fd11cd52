import type { MedusaContainer } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../../gateway";
import { isRefusedByOperator } from "../../services";
import { tenderModule, type PayableCart } from "../medusa/load-cart";
import { findGateway } from "../medusa/payment-providers";
import { PaymentProblem } from "../payment-problem";
import { loadCartFacts } from "./cart-facts";
import { listRegionProviders } from "./list-payment-options";

/**
 * Before money is asked for: throws `attempt_closed` where the operator no longer offers what the attempt is with, since
 * a rule or the region's providers changed, or the cart did.
 */
export async function assertOffered(
  container: MedusaContainer,
  cart: PayableCart,
  attempt: AttemptRecord,
): Promise<void> {
  const [in_region, refused] = await Promise.all([
    listRegionProviders(container, cart.region_id),
    isRefused(container, cart, attempt),
  ]);
  if (refused || !in_region.includes(attempt.provider_id)) {
    throw new PaymentProblem("attempt_closed", attempt);
  }
}

/** What a session that Medusa's own route makes is to be with; without a method, the provider takes its first. */
export type SessionWish = Readonly<{ provider_id: string; method?: string }>;

/** The option that the session will be with. */
export function optionOf(
  container: MedusaContainer,
  { provider_id, method }: SessionWish,
): Pick<AttemptRecord, "provider_id" | "method"> {
  const gateway = findGateway(container, provider_id)?.gateway;
  const chosen = gateway ? (method ?? gateway.capabilities.methods[0]?.id) : undefined;
  return { provider_id, method: chosen ?? provider_id };
}

/** Throws 404 where the operator does not offer this to the cart. Medusa looks at the region's providers itself. */
export async function assertSessionOffered(
  container: MedusaContainer,
  cart: PayableCart,
  session: SessionWish,
): Promise<void> {
  if (await isRefused(container, cart, optionOf(container, session))) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `The payment provider ${session.provider_id} is not offered to this cart.`,
    );
  }
}

/** The facts of the cart that rules ask for are read only where the provider has a setting. */
async function isRefused(
  container: MedusaContainer,
  cart: PayableCart,
  { provider_id, method }: Pick<AttemptRecord, "provider_id" | "method">,
): Promise<boolean> {
  const settings = await tenderModule(container).settings.list();
  const setting = settings.find((one) => one.provider_id === provider_id);
  if (!setting) {
    return false;
  }
  const facts = await loadCartFacts(container, cart, [], [setting]);
  return isRefusedByOperator({ cart: facts, setting, method_setting: setting.methods?.[method] });
}
