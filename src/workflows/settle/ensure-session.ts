import type { MedusaContainer } from "@medusajs/framework/types";
import { sameMoney, type AttemptRecord } from "../../gateway";
import { withCartLock } from "../medusa/cart-lock";
import { loadCart, tenderModule, type PayableCart } from "../medusa/load-cart";
import {
  closeSessions,
  ensurePaymentCollection,
  openSession,
  paymentModule,
} from "../medusa/payment-session";

/**
 * Gives an approved attempt a payment session again where Medusa deleted it, since Medusa completes a cart with a
 * session only. A cart that has its order, or another total, needs none: that money goes back. Returns the attempt with
 * its session, under which the order's payment will stand.
 *
 * Under the cart's lock: a completion under way must not lose the session it is paying with.
 */
export async function ensureSession(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<AttemptRecord> {
  const waitsFor = (cart: PayableCart) => !cart.completed && sameMoney(cart.total, attempt.amount);
  if (await hasSession(container, attempt)) {
    return attempt;
  }
  const cart = await loadCart(container, cart_id);
  if (!waitsFor(cart)) {
    return attempt;
  }
  const payment_collection_id = await ensurePaymentCollection(container, cart);
  return withCartLock(container, cart_id, async () => {
    if (!waitsFor(await loadCart(container, cart_id))) {
      return attempt;
    }
    await closeSessions(container, payment_collection_id);
    const { provider_id, method } = attempt;
    const tender = { cart_id, payment_collection_id, attempt_id: attempt.id, method, adopts: true };
    await openSession(container, cart, { payment_collection_id, provider_id, context: { tender }, data: {} });
    return (await tenderModule(container).findAttempt({ id: attempt.id })) ?? attempt;
  });
}

/** True while Medusa has the payment session of the attempt. */
export async function hasSession(
  container: MedusaContainer,
  { payment_session_id: id }: AttemptRecord,
): Promise<boolean> {
  return (
    id !== null && (await paymentModule(container).listPaymentSessions({ id }, { select: ["id"] })).length > 0
  );
}
