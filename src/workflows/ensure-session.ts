import type { MedusaContainer } from "@medusajs/framework/types";
import type { AttemptRecord } from "../gateway";
import { loadCart, tenderModule } from "./load-cart";
import { closeSessions, ensurePaymentCollection, openSession, paymentModule } from "./payment-session";

/**
 * Gives an approved attempt a payment session again where Medusa deleted it, since Medusa completes a cart with a
 * session only. A cart that has its order, or another total, needs none: that money goes back. Returns the attempt with
 * its session, under which the order's payment will stand.
 */
export async function ensureSession(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<AttemptRecord> {
  const session_id = attempt.payment_session_id;
  const sessions = session_id
    ? await paymentModule(container).listPaymentSessions({ id: session_id }, { select: ["id"] })
    : [];
  const cart = await loadCart(container, cart_id);
  if (sessions.length > 0 || cart.completed || cart.total.amount_minor !== attempt.amount.amount_minor) {
    return attempt;
  }
  const payment_collection_id = await ensurePaymentCollection(container, cart);
  await closeSessions(container, payment_collection_id);
  await openSession(container, cart, {
    payment_collection_id,
    provider_id: attempt.provider_id,
    context: {
      tender: {
        cart_id,
        payment_collection_id,
        attempt_id: attempt.id,
        method: attempt.method,
        adopts: true,
      },
    },
    data: {},
  });
  return (await tenderModule(container).findAttempt({ id: attempt.id })) ?? attempt;
}
