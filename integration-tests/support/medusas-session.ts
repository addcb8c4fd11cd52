import type { Answer, Shopper } from "./shopper";

/** Medusa's own way to pay: a payment session of the cart's payment collection. */
export async function openSession(
  shopper: Shopper,
  provider_id: string,
  data: Record<string, unknown>,
): Promise<Answer> {
  const { body } = await shopper.post("/store/payment-collections", { cart_id: shopper.cart_id });
  return shopper.post(`/store/payment-collections/${body.payment_collection.id}/payment-sessions`, {
    provider_id,
    data,
  });
}

/** The data of the cart's payment session, as a storefront sees it. */
export async function sessionData(shopper: Shopper): Promise<Record<string, unknown>> {
  const { body } = await shopper.get(
    `/store/carts/${shopper.cart_id}?fields=*payment_collection.payment_sessions`,
  );
  return body.cart.payment_collection?.payment_sessions?.[0]?.data ?? {};
}
