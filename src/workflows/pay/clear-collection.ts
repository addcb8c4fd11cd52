import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { OPEN_STATUSES } from "../../gateway";
import { assertSessionOffered, type SessionWish } from "./assert-offered";
import { clearFormerAttempts } from "./clear-former-attempts";
import { listAttempts, loadCart } from "../medusa/load-cart";
import { ensurePaymentCollection } from "../medusa/payment-session";
import { holdingUnpaid } from "./holding-attempts";
import { startsInTurn } from "./starts-in-turn";
import { dropIncentive, mayKeepIncentive } from "./switch-incentive";
import { PaymentProblem } from "../payment-problem";

/**
 * For a new session made without us: throws `cart_completed` when the payment collection belongs to a cart that has its
 * order, and whatever {@link clearFormerAttempts} throws while an earlier attempt of the cart may still take money. What
 * came with another way to pay is taken off. Collections of no cart are left to Medusa.
 * @param session what the session will be with, where that is known: it has to be offered to the cart
 */
export async function clearCollection(
  container: MedusaContainer,
  payment_collection_id: string,
  session?: SessionWish,
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
  await startsInTurn(container, cart_id, () => clearCart(container, cart_id, session));
}

async function clearCart(
  container: MedusaContainer,
  cart_id: string,
  session: SessionWish | undefined,
): Promise<void> {
  const cart = await loadCart(container, cart_id);
  if (cart.completed) {
    throw new PaymentProblem("cart_completed");
  }
  const attempts = await listAttempts(container, cart);
  await clearFormerAttempts(container, cart, attempts);
  let priced = cart;
  if (!(await mayKeepIncentive(container, cart.id, session?.provider_id))) {
    const unpaid = attempts.filter(({ status }) => OPEN_STATUSES.includes(status));
    priced = await holdingUnpaid(container, unpaid, async () => {
      const dropped = await dropIncentive(container, cart);
      await ensurePaymentCollection(container, dropped);
      return dropped;
    });
  }
  if (session) {
    await assertSessionOffered(container, priced, session);
  }
}
