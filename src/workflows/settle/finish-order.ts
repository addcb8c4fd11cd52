import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys } from "@medusajs/framework/utils";
import { sameMoney, type AttemptRecord } from "../../gateway";
import { withCartLock } from "../medusa/cart-lock";
import { endMoves } from "../medusa/end-moves";
import { hasSession } from "./ensure-session";
import { findOrder, findPaidOrder } from "../medusa/find-order";
import { loadCart, tenderModule } from "../medusa/load-cart";
import { paymentModule } from "../medusa/payment-session";
import { isOrderCanceled } from "./settle-canceled-order";

/**
 * Ends what Medusa's completion began: it links the order and completes the cart before it records the payment, and once
 * there is an order it does neither again. An order that nobody has paid takes this payment, if it is for the order's
 * amount. Returns the order's id then.
 */
export async function finishOrder(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<string | undefined> {
  return withCartLock(container, cart_id, async () => {
    const paid = await findPaidOrder(container, cart_id, attempt);
    if (paid) {
      return paid;
    }
    const order_id = await findOrder(container, cart_id);
    if (!order_id || !(await mayPay(container, { order_id, cart_id, attempt }))) {
      return undefined;
    }
    await recordPayment(container, order_id, attempt);
    return findPaidOrder(container, cart_id, attempt);
  });
}

async function mayPay(
  container: MedusaContainer,
  { order_id, cart_id, attempt }: { order_id: string; cart_id: string; attempt: AttemptRecord },
): Promise<boolean> {
  const { payment_collection_id } = attempt;
  if (!payment_collection_id) {
    return false;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const [payments, has_session, payers, cart, is_canceled] = await Promise.all([
    query.graph({ entity: "payment", fields: ["canceled_at"], filters: { payment_collection_id } }),
    hasSession(container, attempt),
    tenderModule(container).attempts.listOfOrder(order_id),
    loadCart(container, cart_id),
    isOrderCanceled(container, { order_id }),
  ]);
  return (
    payments.data.every(({ canceled_at }) => canceled_at) &&
    payers.every(({ id }) => id === attempt.id) &&
    has_session &&
    sameMoney(cart.total, attempt.amount) &&
    !is_canceled
  );
}

/**
 * Records the payment in Medusa, with the captures that came with its authorization, and counts them for the order. The
 * adapter answers from what is known of the attempt; nobody is charged. May be repeated.
 */
export async function recordPayment(
  container: MedusaContainer,
  order_id: string,
  { payment_session_id }: AttemptRecord,
): Promise<void> {
  if (payment_session_id) {
    await paymentModule(container).authorizePaymentSession(payment_session_id, {});
    await endMoves(container, order_id, payment_session_id);
  }
}
