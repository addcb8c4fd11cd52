import type { MedusaContainer } from "@medusajs/framework/types";
import { generateEntityId } from "@medusajs/framework/utils";
import { isIdLike } from "../medusa/id-like";
import { findPaymentCollection, tenderModule } from "../medusa/load-cart";
import { paymentModule } from "../medusa/payment-session";

/**
 * Under which id Medusa's completion of the cart is counted: that of the attempt it will authorize, so that calling it
 * again after the bank's page is the same try. Another plugin's session has no attempt and is counted by its own id;
 * a cart without a session comes to nothing and has a new id each time.
 */
export async function findTriedId(container: MedusaContainer, cart_id: string): Promise<string> {
  const payment_collection_id = isIdLike(cart_id) ? await findPaymentCollection(container, cart_id) : null;
  const [session] = payment_collection_id
    ? await paymentModule(container).listPaymentSessions({ payment_collection_id }, { select: ["id"] })
    : [];
  const attempt = session && (await tenderModule(container).findAttempt({ payment_session_id: session.id }));
  return attempt?.id ?? session?.id ?? generateEntityId(undefined, "paytry");
}
