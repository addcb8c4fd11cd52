import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { clearFormerAttempts } from "./clear-former-attempts";
import { listAttempts, loadCart } from "../medusa/load-cart";
import { ensurePaymentCollection } from "../medusa/payment-session";
import { dropIncentive, mayKeepIncentive } from "./switch-incentive";
import { PaymentProblem } from "../payment-problem";

/**
 * For a new session made without us: throws `cart_completed` when the payment collection belongs to a cart that has its
 * order, and whatever {@link clearFormerAttempts} throws while an earlier attempt of the cart may still take money. What
 * came with another way to pay is taken off. Collections of no cart are left to Medusa.
 * @param provider_id whom the session will be with, where that is known
 */
export async function clearCollection(
  container: MedusaContainer,
  payment_collection_id: string,
  provider_id?: string,
): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id },
  });
  const cart_id = data[0]?.cart_id;
  if (!cart_id) {
    return;
  }
  const cart = await loadCart(container, cart_id);
  if (cart.completed) {
    throw new PaymentProblem("cart_completed");
  }
  await clearFormerAttempts(container, cart, await listAttempts(container, cart));
  if (!(await mayKeepIncentive(container, cart.id, provider_id))) {
    await ensurePaymentCollection(container, await dropIncentive(container, cart));
  }
}
