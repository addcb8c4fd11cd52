import type { MedusaContainer } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, PaymentSessionStatus } from "@medusajs/framework/utils";
import type { AttemptRecord } from "../../gateway";
import { settlesLater } from "../../gateway/session-answers";
import { tenderModule } from "./load-cart";
import { paymentModule } from "./payment-session";

/** The id of the order made from the cart, if any. */
export async function findOrder(container: MedusaContainer, cart_id: string): Promise<string | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "order_cart", fields: ["order_id"], filters: { cart_id } });
  return data[0]?.order_id;
}

/** The id of the cart that the order was made from, if any. */
export async function findCartOfOrder(
  container: MedusaContainer,
  order_id: string,
): Promise<string | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({ entity: "order_cart", fields: ["cart_id"], filters: { order_id } });
  return data[0]?.cart_id;
}

/**
 * The id of the cart's order, if it was paid by this very attempt: Medusa's latest payment of the collection that was
 * not canceled is the attempt's, and no other attempt is known to pay the order. A completion that failed may have left
 * an older payment open. An order that was placed before the attempt's outcome, which takes days, has no payment yet: it
 * is the attempt's if Medusa expects its money from the attempt's session.
 */
export async function findPaidOrder(
  container: MedusaContainer,
  cart_id: string,
  attempt: AttemptRecord,
): Promise<string | undefined> {
  const order_id = await findOrder(container, cart_id);
  if (!order_id) {
    return undefined;
  }
  const others = (await tenderModule(container).attempts.listOfOrder(order_id)).some(
    ({ id }) => id !== attempt.id,
  );
  if (others || !attempt.payment_session_id || !attempt.payment_collection_id) {
    return undefined;
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data } = await query.graph({
    entity: "payment",
    fields: ["canceled_at", "created_at", "payment_session_id"],
    filters: { payment_collection_id: attempt.payment_collection_id },
  });
  const [latest] = (data as PaymentRow[])
    .filter(({ canceled_at }) => !canceled_at)
    .sort((a, b) => new Date(b.created_at).getTime() - new Date(a.created_at).getTime());
  const is_theirs = latest
    ? latest.payment_session_id === attempt.payment_session_id
    : settlesLater(attempt) && (await isExpected(container, attempt));
  return is_theirs ? order_id : undefined;
}

/** True where Medusa placed an order in expectation of the attempt's money. */
export async function isExpected(
  container: MedusaContainer,
  { payment_session_id }: AttemptRecord,
): Promise<boolean> {
  if (payment_session_id === null) {
    return false;
  }
  const [session] = await paymentModule(container).listPaymentSessions(
    { id: payment_session_id },
    { select: ["id", "status"] },
  );
  return session?.status === PaymentSessionStatus.PENDING_AUTHORIZATION;
}

type PaymentRow = Readonly<{
  canceled_at: Date | string | null;
  created_at: Date | string;
  /** Also of one that was deleted. */
  payment_session_id?: string | null;
}>;
